"""Lives through the demo's past in order of time, and leaves it as if it had happened."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

from django.db import transaction

from accounts.models import User
from recovery.models import CheckIn, Episode, Escalation
from recovery.rules.reminders import instant_of, local_day
from recovery.services import climbing, plans

from . import events, sweeps
from .agenda import Agenda
from .cast import Part, parts, script
from .diary import Diary, sign_up
from .rounds import MorningRound
from .stage import Practice, follow, invite_to, open_practices

A_DAY = timedelta(days=1)
BEFORE = timedelta(days=3)
ROUND_AT = time(8, 40)
CLIMBS_BEFORE = timedelta(days=4)  # a weekend later somebody has been round again
Tell = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class Seeded:
    """How much came to be."""

    patients: int
    check_ins: int
    escalations: int


def is_there() -> bool:
    """Whether the demo's people have been made before."""
    return User.objects.filter(email=script()["stories"][0]["email"]).exists()


@transaction.atomic
def seed(
    document: Mapping,
    password: str,
    now: datetime,
    number: int,
    *,
    patients: int = 60,
    send: sweeps.Send | None = None,
    tell: Tell = lambda day, days, runners: None,
) -> Seeded:
    """Makes the cast and lets 90 days happen up to `now`; all of it or nothing.

    `number` is the seed, `send` a channel (None leaves messages waiting), `tell` hears of each day that has passed.
    """
    Past(document, password, now, number, patients, send).live(tell)
    return Seeded(Episode.objects.count(), CheckIn.objects.count(), Escalation.objects.count())


class Past:
    """The ninety days before `now`."""

    def __init__(self, document, password: str, now: datetime, number: int, patients: int, send):
        self.password, self.now, self.send, self.number = password, now, send, number
        self.agenda, self.diaries, self.looked_at = Agenda(self._deliver), list[Diary](), set[datetime]()
        self.parts = parts(Random(f"{number}:cast"), patients)
        self.days = max(part.started_ago for part in self.parts) + 1
        self.first = now.astimezone(UTC).date() - timedelta(days=self.days)
        opening = datetime.combine(self.first - BEFORE, time(9), UTC)
        plans.load(document, opening)
        self.practices = open_practices(password, opening)

    def live(self, tell: Tell) -> None:
        """Day by day, in order of time."""
        self._put_down()
        for day in (self.first + A_DAY * n for n in range(self.days + 1)):
            since = datetime.combine(day, time(0), UTC)
            for diary in self.diaries:
                if diary.started_on <= day <= diary.today:
                    diary.plan_evening(day)
            self._plan_sweeps(sweeps.instants(since, since + A_DAY))
            self.agenda.run(min(since + A_DAY - timedelta(microseconds=1), self.now))
            tell((day - self.first).days, self.days, len(self.diaries))
        sweeps.sweep(self.now)
        self._deliver(self.now)

    def _put_down(self) -> None:
        for part in self.parts:
            self._put_down_arrival(part)
        for entry in script()["invited_only"]:
            invites = partial(invite_to, self.practices[entry["clinic"]], entry["email"])
            self.agenda.at(self.now - A_DAY * entry["ago"], invites)
        self._put_down_rounds()
        # Once, and before the last rounds: ninety days of steps would drown what the demo shows.
        self.agenda.at(self.now - CLIMBS_BEFORE, climbing.climb_due)

    def _put_down_rounds(self) -> None:
        by_email = {part.email: part for part in self.parts}
        for key, practice in self.practices.items():
            morning = MorningRound(practice.clinician, by_email, Random(f"{self.number}:{key}"), self.now)
            for day in (self.first + A_DAY * n for n in range(self.days + 1)):
                if day.weekday() < 5:
                    self.agenda.at(instant_of(day, ROUND_AT, practice.zone), morning)

    def _put_down_arrival(self, part: Part) -> None:
        """An invitation the day before, then the account, the agreement and the starting questions in one morning."""
        rng = Random(f"{self.number}:{part.email}")
        today = local_day(self.now, User(time_zone=part.zone).zone)
        arrives_at = self._arrival(part, today, rng)
        practice = self.practices.get(part.clinic or "")
        letter: list[str] = []
        if practice:
            invited_at = arrives_at - timedelta(hours=rng.uniform(15, 22))
            self.agenda.at(invited_at, lambda now: letter.append(invite_to(practice, part.email, now)))
        self.agenda.at(arrives_at, lambda now: self._arrive(part, today, rng, practice, letter, now))

    def _arrival(self, part: Part, today: date, rng: Random) -> datetime:
        day = today - timedelta(days=part.started_ago)
        return instant_of(day, time(8, rng.randrange(60)), User(time_zone=part.zone).zone)

    def _arrive(
        self, part: Part, today: date, rng: Random, practice: Practice | None, letter: list[str], now: datetime
    ) -> None:
        user = sign_up(part, self.password, now)
        if practice:
            follow(letter[0], user, now + timedelta(minutes=2))
        diary = Diary(part, user, rng, today, self.agenda)
        diary.begin(now + timedelta(minutes=6))
        events.put_down(diary, practice.clinician if practice else None)
        diary.plan_evening(diary.started_on)
        self._plan_sweeps(sweeps.known(now, now + A_DAY))
        self.diaries.append(diary)

    def _plan_sweeps(self, instants: Iterable[datetime]) -> None:
        for instant in sorted(set(instants) - self.looked_at):
            self.looked_at.add(instant)
            self.agenda.at(instant, sweeps.sweep)

    def _deliver(self, now: datetime) -> None:
        sweeps.deliver(now, self.send)
