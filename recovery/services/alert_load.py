"""What raised alerts in a week, who took them and how fast, and what a tried change of the plan would do to that."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Prefetch

from accounts.models import Clinic, Membership
from recovery.models import Acknowledgement, BackTest, Episode, Escalation, PlanVersion
from recovery.rules.red_flags import FLAGS

WEEK = timedelta(days=7)
MOST_BACK = 52
IDLE = "no_action"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of alert in a week; `median` is the time until somebody first took one, of those that were taken."""

    code: str
    raised: int
    taken: int
    acted_on: int
    median: timedelta | None


@dataclass(frozen=True, slots=True)
class Person:
    """One clinician: what they took of it, what they closed of it, and how fast they took it."""

    name: str
    taken: int
    closed: int
    median: timedelta | None


@dataclass(frozen=True, slots=True)
class Load:
    """A week of alerts, from `since` until before `until`; kinds and people with the most come first."""

    since: datetime
    until: datetime
    kinds: tuple[Kind, ...]
    people: tuple[Person, ...]

    @property
    def raised(self) -> int:
        """How many alerts in all."""
        return sum(kind.raised for kind in self.kinds)

    @property
    def taken(self) -> int:
        """How many of them somebody took."""
        return sum(kind.taken for kind in self.kinds)

    @property
    def acted_on(self) -> int:
        """How many of them were closed with something done."""
        return sum(kind.acted_on for kind in self.kinds)

    @property
    def most(self) -> int:
        """The largest number of one kind."""
        return max((kind.raised for kind in self.kinds), default=0)


@dataclass(frozen=True, slots=True)
class Tried:
    """The latest finished back-test of a draft of one plan, as far as it concerns alerts; `clinics` are one's own."""

    plan: str
    tried_at: datetime
    is_published: bool
    clinics: tuple[dict, ...]
    codes: tuple[dict, ...]


def load_of(clinician, now: datetime, back: int = 0) -> Load:
    """The week that ends now, or `back` weeks ago, over the patients this clinician may see; advice is no alert."""
    until = now - WEEK * min(max(back, 0), MOST_BACK)
    since = until - WEEK
    first = Prefetch("acknowledgements", Acknowledgement.objects.select_related("made_by").order_by("pk"))
    raised = Escalation.objects.visible_to(clinician).filter(raised_at__gte=since, raised_at__lt=until)
    rows = list(raised.exclude(urgency="AD").select_related("resolution__made_by").prefetch_related(first))
    return Load(since, until, _kinds(rows), _people(rows, clinician))


def tried_for(clinician) -> list[Tried]:
    """For each plan a patient of theirs is on, what its latest back-test says; no other clinic is named."""
    clinics = set(Clinic.objects.of_staff(clinician).values_list("name", flat=True))
    plans = Episode.objects.visible_to(clinician).open().order_by().values("plan_version__plan").distinct()
    done = BackTest.objects.done().filter(plan__in=plans, clinic=None, phase="", since=None, until=None)
    latest: dict[Any, BackTest] = {}
    for asked in done.select_related("plan").defer("document").order_by("asked_at", "pk"):
        latest[asked.plan_id] = asked
    return [_tried(asked, clinics) for asked in latest.values() if asked.summary]


def _kinds(rows: Iterable[Escalation]) -> tuple[Kind, ...]:
    by_code: dict[str, list[Escalation]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    found = [
        Kind(
            code,
            len(some),
            sum(bool(takings(row)) for row in some),
            sum(_was_acted_on(row) for row in some),
            _middle(takings(row)[0].made_at - row.raised_at for row in some if takings(row)),
        )
        for code, some in by_code.items()
    ]
    return tuple(sorted(found, key=lambda kind: (kind.code not in FLAGS, -kind.raised, kind.code)))


def _people(rows: Sequence[Escalation], clinician) -> tuple[Person, ...]:
    """Colleagues of one's own clinics, also those who took nothing."""
    mine = Clinic.objects.of_staff(clinician).values("pk")
    members = Membership.objects.active().filter(clinic__in=mine, user__is_active=True).select_related("user")
    people = {member.user_id: member.user for member in members}
    took: dict[Any, list[timedelta]] = defaultdict(list)
    closed: dict[Any, int] = defaultdict(int)
    for row in rows:
        for taking in takings(row)[:1]:
            took[taking.made_by_id].append(taking.made_at - row.raised_at)
        if row.status == "resolved":
            closed[row.resolution.made_by_id] += 1
    found = [Person(p.name, len(took[pk]), closed[pk], _middle(took[pk])) for pk, p in people.items()]
    return tuple(sorted(found, key=lambda person: (-person.taken, -person.closed, person.name)))


def takings(row: Escalation) -> list[Acknowledgement]:
    """Who took it, the first one first; read once for all rows."""
    return list(row.acknowledgements.all())


def _was_acted_on(row: Escalation) -> bool:
    return row.status == "resolved" and row.resolution.outcome != IDLE


def _middle(times: Iterable[timedelta]) -> timedelta | None:
    known = [max(time, timedelta(0)) for time in times]
    return timedelta(seconds=median(time.total_seconds() for time in known)) if known else None


def _tried(asked: BackTest, clinics: set[str]) -> Tried:
    codes = asked.summary.get("escalations", {})
    changed = [{"code": code, **counts} for code, counts in codes.items() if counts["lost"] or counts["gained"]]
    own = tuple(row for row in asked.summary.get("alerts", ()) if row["clinic"] in clinics)
    published = PlanVersion.objects.filter(plan=asked.plan_id, published_at__gte=asked.asked_at).exists()
    return Tried(asked.plan.title, asked.asked_at, published, own, tuple(changed))
