"""One patient's past on the plan: signing up, answering in the evening, correcting, starting again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from accounts.models import Clinic, User
from accounts.services import consent, people
from recovery.models import Episode
from recovery.rules.facts import CheckInFact
from recovery.rules.reminders import instant_of
from recovery.rules.running import may_run
from recovery.rules.state import State
from recovery.services import check_ins, episodes, reminders
from recovery.services.cohort.body import Body, points
from recovery.services.cohort.habits import IDEAL
from recovery.services.cohort.runner import Place, SimulatedRunner, with_changes

from .agenda import Agenda
from .cast import Part
from .now_and_then import now_and_then

A_DAY = timedelta(days=1)
RUNNING = ("return_to_running", "prevention")
SYMPTOMS = ("tight_hips", "one_side", "spasm", "stiff_morning", "sitting", "bending")
EVERY_DAY = list(range(7))
CHANGES = ("shoes", "volume", "hills", "surface", "speed")


class Diary:
    """A patient of the demo from the first day to the present; `today` is their local day at the end."""

    def __init__(self, part: Part, user: User, rng: Random, today: date, agenda: Agenda):
        self.part, self.user, self.rng, self.today, self.agenda = part, user, rng, today, agenda
        self.started_on = today - timedelta(days=part.started_ago)
        body = Body.somebody(rng, part.pain) if part.habits is not IDEAL else Body(rng, part.pain, part.noise)
        self.runner = SimulatedRunner(rng, body, part.habits, self.started_on)
        self.usual = rng.uniform(17.5, 20.5)
        self.checklist_on: date | None = None
        self.is_ready = False

    def open_episode(self) -> Episode:
        """The open episode, as it stands."""
        return Episode.objects.of(self.user).open().get()

    def ago(self, day: date) -> int:
        """How many days before the patient's today a day lies."""
        return (self.today - day).days

    def local(self, day: date, hours: float) -> datetime:
        """The instant of so many hours after midnight on the patient's clock."""
        whole = timedelta(hours=hours)
        return instant_of(day, time(0), self.user.zone) + whole

    def begin(self, now: datetime) -> None:
        """The starting questions, and a wish for the daily reminder."""
        self._wish(now)
        episodes.open_episode(self.user, self.intake(self.started_on), now)

    def plan_evening(self, day: date) -> None:
        """Puts the day's check-in on the agenda, at about the usual hour."""
        hour = self.usual + self.rng.uniform(-0.6, 0.6)
        self.agenda.at(self.local(day, hour), lambda now: self._evening(day, now))

    def intake(self, day: date, answers: CheckInFact | None = None) -> episodes.IntakeAnswers:
        """The answers to the starting questions on a day; those of the day's check-in where there is one."""
        part, rng = self.part, self.rng
        mean = self.runner.body.mean_at((day - self.started_on).days)
        average = answers.average if answers else points(mean)
        return episodes.IntakeAnswers(
            onset_on=self.started_on - timedelta(days=part.onset_before),
            last_run_on=self.started_on - timedelta(days=part.last_run_before),
            age=part.age,
            first_episode=part.first_episode,
            average=average,
            worst=answers.worst if answers else points(average + 1),
            morning=answers.morning if answers else points(mean),
            function=answers.function if answers else points(0.8 * mean),
            symptoms=tuple(sorted(rng.sample(SYMPTOMS, rng.randint(1, 3)))),
            recent_changes=tuple(sorted(rng.sample(CHANGES, rng.randint(0, 2)))),
            weekly_km=rng.randrange(10, 60, 5),
            longest_run_km=rng.randrange(6, 30, 2),
        )

    def _wish(self, now: datetime) -> None:
        """Most are asked an hour after their usual time, some at the default hour, some on weekdays or not at all."""
        chance = self.rng.random()
        half_hours = round((self.usual + 1.2) * 2)
        at = time(half_hours // 2, 30 * (half_hours % 2))
        if self.part.is_named or chance < 0.5:
            reminders.change(self.user, True, at, EVERY_DAY, now)
        elif chance < 0.8:
            reminders.change(self.user, chance < 0.65, at, EVERY_DAY[:5], now)

    def _evening(self, day: date, now: datetime) -> None:
        episode = Episode.objects.of(self.user).open().first()
        if episode is None:
            return
        place = self._place(episode, day)
        fact = self.runner.day(day, place)
        ago = self.ago(day)
        if fact is None or ago in self.part.misses_ago or ago < self.part.answers_until_ago:
            return
        self._try_checklist(episode, fact, now)
        self._send(self._as_written(fact), day, now)

    def _place(self, episode: Episode, day: date) -> Place:
        if episode.is_stopped:
            return Place("rest")
        if episode.phase not in RUNNING:
            return Place(episode.phase)
        state = State.from_json(episode.state)
        in_flare = state.daily_until is not None and day <= state.daily_until
        weekly = episode.phase == "prevention" and not in_flare
        return Place(episode.phase, may_run(state, day) and self.ago(day) not in self.part.rests_ago, weekly)

    def _as_written(self, fact: CheckInFact) -> CheckInFact:
        """What the story has them tick, on top of the day's answers."""
        today = ("tick", self.ago(fact.day))
        for event in self.part.events:
            if (event["do"], event["ago"]) == today:
                return with_changes(fact, red_flags=tuple(event["codes"]))
        return fact

    def _try_checklist(self, episode: Episode, fact: CheckInFact, now: datetime) -> None:
        """Close to the run gate they do the readiness checklist; who fails tries again five days later."""
        waited = self.checklist_on is None or fact.day - self.checklist_on >= 5 * A_DAY
        settled = fact.average <= 2 and episode.day_in_phase(fact.day) >= 4
        if self.is_ready or episode.phase != "low_impact" or not (waited and settled):
            return
        chance = 1.0 if self.part.is_named else self.rng.random()
        passed = set(episodes.READINESS_ITEMS) - (set() if chance > 0.3 else {"side_plank"})
        row = episodes.record_readiness(self.user, passed, now - timedelta(minutes=9))
        self.checklist_on, self.is_ready = fact.day, row.is_passed

    def _send(self, fact: CheckInFact, day: date, now: datetime) -> None:
        """At once, the next morning, or when the day has long closed; some think again afterwards."""
        chance, habits = self.rng.random(), self.part.habits
        key = UUID(int=self.rng.getrandbits(128), version=4)
        if chance < habits.forgotten:
            self._later(self.local(day, 38), self._record, fact, key)
        elif chance < habits.forgotten + habits.late:
            self._later(self.local(day, 31.5), self._record, fact, key)
        else:
            self._record(fact, key, now)
            if self.rng.random() < habits.corrects:
                hours = self.rng.choice((0.4, 20.0))
                self._later(now + timedelta(hours=hours), self._correct, fact, key)

    def _later(self, instant: datetime, act: Callable, fact: CheckInFact, key: UUID) -> None:
        """Puts an entry off; nothing comes of it when the episode has been closed by then."""
        is_open = Episode.objects.of(self.user).open().exists
        self.agenda.at(instant, lambda now: is_open() and act(fact, key, now))

    def _record(self, fact: CheckInFact, key: UUID, now: datetime) -> None:
        recorded = check_ins.record(self.user, self._entry(fact, key, now), now)
        if recorded.decision is not None and recorded.decision.outcome == "reintake":
            episodes.restart(self.user, self.intake(fact.day, fact), now + timedelta(minutes=4))

    def _correct(self, fact: CheckInFact, key: UUID, now: datetime) -> None:
        changed = with_changes(fact, worst=min(10, fact.worst + 1), medicine="otc")
        check_ins.correct(self.user, self._entry(changed, key, now), now)

    def _entry(self, fact: CheckInFact, key: UUID, now: datetime) -> check_ins.Entry:
        ran = Episode.objects.of(self.user).open().filter(phase__in=RUNNING).exists()
        rotating = now_and_then(fact, ran)
        return check_ins.Entry(fact, key, now - timedelta(seconds=20), self.user.time_zone, rotating)


def sign_up(part: Part, password: str, now: datetime) -> User:
    """The patient's account; only some of the named ones can sign in."""
    return people.create_person(
        part.email,
        password=password if part.signs_in else None,
        display_name=part.name,
        time_zone=part.zone,
        joined_at=now.astimezone(UTC),
    )


def leave_clinic(user: User, now: datetime) -> None:
    """The patient stops sharing with every clinic."""
    for clinic in Clinic.objects.chosen_by(user):
        consent.withdraw_consent(user, clinic, now)
