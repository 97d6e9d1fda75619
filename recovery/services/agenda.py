"""What a clinician has to do today: everything the clinic owes its patients, and what they noted themselves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Consent
from recovery.models import Care, Episode, Escalation, FollowUp, Override, Thread

from . import attention
from .agenda_done import done_since
from .agenda_task import Task, task

NEW_FOR = timedelta(days=7)
MOST = 50  # of a kind; the panel has them all


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one kind, most pressing first; `has_more` when there are others than those shown."""

    kind: str
    tasks: tuple[Task, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """One clinician's day: what waits, by kind, and what they have done since midnight."""

    day: date
    groups: tuple[Group, ...]
    done: tuple[Task, ...]

    @property
    def waiting(self) -> int:
        """How many tasks are shown as waiting."""
        return sum(len(group.tasks) for group in self.groups)

    @property
    def patients(self) -> set[UUID]:
        """Whose data stand in it."""
        return {each.patient_id for group in self.groups for each in group.tasks} | {e.patient_id for e in self.done}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose tasks, when, and about which episodes: all this clinician may see, or those on their own list."""

    clinician: Any
    now: datetime
    day: date
    episodes: QuerySet[Any]
    is_mine: bool

    @property
    def open(self) -> QuerySet[Any]:
        """Episodes that have not ended."""
        return self.episodes.filter(closed_at__isnull=True)


def agenda_of(clinician, now: datetime, mine: bool = False) -> Agenda:
    """The tasks of today in the clinician's own time zone; `mine` keeps to the patients they look after."""
    local = now.astimezone(clinician.zone)
    midnight = datetime.combine(local.date(), time(), clinician.zone)
    episodes = Episode.objects.visible_to(clinician)
    if mine:
        episodes = episodes.filter(pk__in=Care.objects.current().filter(clinician=clinician).values("episode"))
    scope = Scope(clinician, now, local.date(), episodes, mine)
    found = [_group(kind, list(find(scope))) for kind, find in WAITING.items()]
    done = done_since(clinician, midnight)
    return Agenda(scope.day, tuple(group for group in found if group.tasks), tuple(done))


def _group(kind: str, rows: list[Task]) -> Group:
    return Group(kind, tuple(rows[:MOST]), len(rows) > MOST)


def _untaken(scope: Scope) -> Iterable[Task]:
    """Nobody has it; advice to the patient asks nothing of the clinic."""
    rows = attention.weighed(scope.now).filter(status="open", episode__in=scope.episodes).exclude(urgency="AD")
    for row in rows.select_related("episode__patient")[: MOST + 1]:
        yield task("escalation", row.episode, row.raised_at, row)


def _replies(scope: Scope) -> Iterable[Task]:
    episode = Episode.objects.filter(patient=OuterRef("patient")).order_by("-opened_at").values("pk")[:1]
    rows = Thread.objects.visible_to(scope.clinician).waiting().annotate(episode_id=Subquery(episode))
    if scope.is_mine:
        rows = rows.filter(patient__in=scope.episodes.values("patient"))
    for row in rows.select_related("patient").order_by("waiting_since", "pk")[: MOST + 1]:
        yield Task("reply", row.episode_id, row.patient_id, row.patient.name, row.waiting_since, row)


def _clearances(scope: Scope) -> Iterable[Task]:
    rows = scope.open.filter(stopped_on__isnull=False).select_related("patient").defer("state")
    for row in rows.order_by("stopped_on", "pk")[: MOST + 1]:
        yield task("clearance", row, row.stopped_on)


def _taken(scope: Scope) -> Iterable[Task]:
    """What this clinician took and has not closed."""
    rows = Escalation.objects.filter(status="acknowledged", taken_by=scope.clinician, episode__in=scope.episodes)
    for row in rows.select_related("episode__patient").order_by("taken_at", "pk")[: MOST + 1]:
        yield task("taken", row.episode, row.taken_at, row)


def _lapsing(scope: Scope) -> Iterable[Task]:
    days = (scope.day, scope.day + timedelta(days=1))
    rows = Override.objects.filter(withdrawn_on=None, expires_on__range=days, episode__in=scope.open)
    for row in rows.select_related("episode__patient").order_by("expires_on", "pk")[: MOST + 1]:
        yield task("override", row.episode, row.expires_on, row)


def _noted(scope: Scope) -> Iterable[Task]:
    rows = FollowUp.objects.of(scope.clinician).waiting().filter(due_on__lte=scope.day)
    for row in rows.select_related("episode__patient")[: MOST + 1]:
        yield task("follow_up", row.episode, row.due_on, row)


def _new(scope: Scope) -> Iterable[Task]:
    """People who began to share lately and stand on nobody's list."""
    if scope.is_mine:
        return
    lately = Consent.objects.seen_by(scope.clinician).filter(given_at__gte=scope.now - NEW_FOR)
    cared_for = Care.objects.current().values("episode")
    rows = scope.open.filter(patient__in=lately).exclude(pk__in=cared_for).select_related("patient").defer("state")
    for row in rows.order_by("opened_at", "pk")[: MOST + 1]:
        yield task("new", row, row.opened_at)


def _ready(scope: Scope) -> Iterable[Task]:
    """Only what a person does by hand keeps the run gate shut."""
    rows = attention.ranked(scope.open, scope.now).filter(rank=attention.READY).select_related("patient")
    for row in rows.defer("state").order_by("patient__display_name", "pk")[: MOST + 1]:
        yield task("ready", row, row.last_check_in_on)


WAITING: dict[str, Callable[[Scope], Iterable[Task]]] = {
    "escalation": _untaken,
    "reply": _replies,
    "follow_up": _noted,
    "taken": _taken,
    "clearance": _clearances,
    "override": _lapsing,
    "new": _new,
    "ready": _ready,
}
