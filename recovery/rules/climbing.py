"""What nobody takes climbs: who is told and when, fixed in the moment it is raised.

Each step reaches everybody the one before it reached, and more. A change of these numbers therefore never moves
what has been raised already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from recovery.rules.reminders import A_DAY, instant_of

AUDIENCES = ("duty", "next", "clinic", "admins")
"""People on duty; also who comes next; the whole clinic; also the admins of the service."""
DUTY, NEXT, CLINIC, ADMINS = AUDIENCES
BACK = "back"  # taken, but not closed: it is open again and its climb starts anew

FOR_A_SIGN = ((timedelta(minutes=30), NEXT), (timedelta(hours=2), CLINIC), (timedelta(hours=8), ADMINS))
WORKING_HOURS_BEFORE_NEXT = timedelta(hours=4)
BEFORE_EVERYBODY = timedelta(hours=24)
MOST_REPEATS = 9  # one a day; afterwards one a week
A_WEEK = timedelta(days=7)
OPENS, CLOSES = time(8), time(18)
WORKING_DAYS = range(5)  # Monday to Friday


@dataclass(frozen=True, slots=True)
class Step:
    """At this instant these people are told, if nobody has taken it."""

    at: datetime
    audience: str


@dataclass(frozen=True, slots=True)
class Climb:
    """The steps of one escalation in order of time, and how many of them lie behind us."""

    steps: tuple[Step, ...] = ()
    taken: int = 0

    @property
    def ahead(self) -> tuple[Step, ...]:
        """The steps still to come."""
        return self.steps[self.taken :]

    @property
    def next_at(self) -> datetime | None:
        """When the next step is due."""
        return self.ahead[0].at if self.ahead else None


def begin(is_sign: bool, now: datetime, zone: tzinfo, before: Climb = Climb()) -> Climb:
    """A climb whose first step is told now; steps taken `before` stay on record in front of it."""
    behind = before.steps[: before.taken]
    return Climb((*behind, *_ladder(is_sign, now, zone)), len(behind) + 1)


def take(climb: Climb, now: datetime, zone: tzinfo) -> tuple[Climb, Step | None]:
    """The climb after everything due by now, and the one step to tell: the widest, which reaches all the others do.

    Behind the last step the next one is always a week away, so that nothing open is ever forgotten.
    """
    due = [step for step in climb.ahead if step.at <= now]
    if not due:
        return climb, None
    after = Climb(climb.steps, climb.taken + len(due))
    if due[-1].audience == BACK:
        after = Climb((*after.steps, *_ladder(False, now, zone)[1:]), after.taken)
    if after.next_at is None:
        after = Climb((*after.steps, Step(now + A_WEEK, ADMINS)), after.taken)
    return after, due[-1]


def taken_by_a_person(climb: Climb, now: datetime) -> Climb:
    """Nothing more is told; a week later it comes back unless it is closed. What told no clinic stays silent."""
    behind = climb.steps[: climb.taken]
    return Climb((*behind, Step(now + A_WEEK, BACK)) if behind else (), len(behind))


def ended(climb: Climb) -> Climb:
    """Closed by a person: only what was taken stays on record."""
    return Climb(climb.steps[: climb.taken], climb.taken)


def to_json(steps: Iterable[Step]) -> list[dict[str, str]]:
    """The steps as plain values."""
    return [{"at": step.at.isoformat(), "to": step.audience} for step in steps]


def from_json(rows: Iterable[dict[str, str]]) -> tuple[Step, ...]:
    """The steps behind plain values."""
    return tuple(Step(datetime.fromisoformat(row["at"]), row["to"]) for row in rows)


def after_working_hours(start: datetime, hours: timedelta, zone: tzinfo) -> datetime:
    """The instant when so much working time has passed: Monday to Friday, 8 to 18 on the zone's own clock."""
    day, left = start.astimezone(zone).date(), hours
    while True:
        begins, ends = _working_day(day, zone)
        begins = max(begins, start)
        if day.weekday() in WORKING_DAYS and begins < ends:
            if begins + left <= ends:
                return begins + left
            left -= ends - begins
        day += A_DAY


def _ladder(is_sign: bool, now: datetime, zone: tzinfo) -> tuple[Step, ...]:
    steps = [Step(now, DUTY), *(_for_a_sign(now) if is_sign else _ordinary(now, zone))]
    last = steps[-1]
    return (*steps, *(Step(last.at + A_DAY * n, ADMINS) for n in range(1, MOST_REPEATS + 1)))


def _for_a_sign(now: datetime) -> list[Step]:
    return [Step(now + wait, audience) for wait, audience in FOR_A_SIGN]


def _ordinary(now: datetime, zone: tzinfo) -> list[Step]:
    """Over a weekend everybody's turn comes before the next person's, who is then among them."""
    in_turn = Step(after_working_hours(now, WORKING_HOURS_BEFORE_NEXT, zone), NEXT)
    everybody = Step(now + BEFORE_EVERYBODY, ADMINS)
    return [in_turn, everybody] if in_turn.at < everybody.at else [everybody]


def _working_day(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    return instant_of(day, OPENS, zone), instant_of(day, CLOSES, zone)
