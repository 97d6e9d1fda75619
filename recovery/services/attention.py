"""How pressing each patient is, worked out by the database: one number per episode, small is urgent."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from recovery.models import Decision, Episode, Escalation, Finding, OutboxMessage
from recovery.rules.reminders import local_day

ORDER = ("warning_sign", "overdue", "worse", "review", "quiet", "plateau", "waiting", "ready", "on_way")
SIGN, OVERDUE, WORSE, REVIEW, QUIET, PLATEAU, WAITING, READY, ON_WAY = range(len(ORDER))
NEEDING = ORDER[:READY]

GETTING_WORSE = ("E5", "E7", "E8", "E10", "CA4")
GRAVEST = ("E4", "E3", "E2")  # of several equally urgent notices, how long the pain has lasted is named first
SILENCE = ("E9-7d", "E9-14d")
URGENCIES = ("EM", "SD", "WD", "RT", "AD")
TAKEN_WITHIN = {
    "EM": timedelta(hours=1),
    "SD": timedelta(hours=4),
    "WD": timedelta(days=2),
    "RT": timedelta(days=7),
}
QUIET_AFTER = timedelta(days=4)  # the reminders after two and four silent days have had no answer
QUIET_AFTER_IN_PREVENTION = timedelta(days=14)  # a weekly check-in was missed twice
DELIVERED_WITHIN = timedelta(minutes=15)
GATE = "run_gate_"
OPENED_BY_A_PERSON = ("run_gate_readiness", "run_gate_review", "run_gate_confidence")


def weighed(now: datetime) -> QuerySet[Any]:
    """Escalations nobody has closed, the most pressing first, with `weight`, `is_overdue` and `undelivered`."""
    return _by_weight(now).annotate(
        is_overdue=Case(When(_overdue(now), then=True), default=False),
        undelivered=Exists(OutboxMessage.objects.filter(_undelivered(now), escalation=OuterRef("pk"))),
    )


def ranked(episodes: QuerySet[Episode], now: datetime) -> QuerySet[Any]:
    """The episodes with `rank` (an index into ORDER) and the patient's local `today`."""
    days = _days_by_zone(episodes, now)
    return (
        episodes.annotate(last_seen_on=_last_seen())
        .annotate(today=_today(days), is_silent=_silent(days), leading=_leading(now, "weight"))
        .annotate(rank=_rank())
    )


def _last_seen() -> Greatest:
    """The last check-in, else the first day; nobody is missed before a pause is over."""
    return Greatest(Coalesce("last_check_in_on", "started_on"), Coalesce("paused_until", "started_on"))


def most_pressing_first(episodes: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Ranked episodes in the order of the panel: rank, urgency, how long it waits, how long they are silent, name."""
    return episodes.annotate(
        leading_urgency=Coalesce(_leading(now, "urgency_rank"), len(URGENCIES)),
        leading_since=_leading(now, "raised_at"),
        quiet_since=Case(When(rank=QUIET, then=F("last_check_in_on"))),
    ).order_by("rank", "leading_urgency", "leading_since", "quiet_since", "patient__display_name", "pk")


def _by_weight(now: datetime) -> QuerySet[Any]:
    return (
        Escalation.objects.unresolved()
        .annotate(
            weight=Case(
                When(code__startswith="RF", then=SIGN),
                When(status="acknowledged", then=WAITING),
                When(_overdue(now), then=OVERDUE),
                When(code__in=GETTING_WORSE, then=WORSE),
                When(code__in=SILENCE, then=QUIET),
                When(urgency="AD", then=QUIET),  # what was advised weeks ago explains less than a silence of today
                When(code="E6", then=PLATEAU),
                default=REVIEW,
                output_field=IntegerField(),
            ),
            urgency_rank=_place_in(URGENCIES, "urgency"),
            gravity=_place_in(GRAVEST, "code"),
        )
        .order_by("weight", "urgency_rank", "gravity", "-raised_at", "pk")
    )


def _leading(now: datetime, column: str) -> Case:
    """Of the most pressing escalation; nothing is looked for where none is open, which is nearly everywhere."""
    found = Subquery(_by_weight(now).filter(episode=OuterRef("pk")).values(column)[:1])
    return Case(When(pk__in=Escalation.objects.unresolved().order_by().values("episode"), then=found))


def _rank() -> Case:
    return Case(
        When(Q(stopped_on__isnull=False) | Q(leading=SIGN), then=SIGN),
        When(leading__in=(OVERDUE, WORSE, REVIEW), then=F("leading")),
        When(is_silent=True, then=QUIET),
        When(leading=QUIET, then=REVIEW),
        When(leading__in=(PLATEAU, WAITING), then=F("leading")),
        When(_nearly_running(), then=READY),
        default=ON_WAY,
        output_field=IntegerField(),
    )


def _overdue(now: datetime) -> Q:
    """Open longer than this urgency may wait for somebody to take it; advice may wait for ever."""
    late = Q(pk__in=[])
    for urgency, limit in TAKEN_WITHIN.items():
        late |= Q(urgency=urgency, raised_at__lt=now - limit)
    return Q(status="open") & late


def _undelivered(now: datetime) -> Q:
    """A message that did not arrive, or is still on its way after a quarter of an hour."""
    stuck = Q(state__in=("due", "claimed"), created_at__lt=now - DELIVERED_WITHIN)
    return stuck | Q(state="failed") | Q(state="withheld", reason="no_channel")


def _nearly_running() -> Q:
    """In low-impact activity, and at the latest check-in only what a person does by hand kept the run gate shut."""
    today = {"episode": OuterRef(OuterRef("pk")), "day": OuterRef(OuterRef("last_check_in_on"))}
    latest = Decision.objects.standing().filter(**today)
    gate = Finding.objects.filter(decision__in=latest, rule__startswith=GATE)
    unmet = gate.filter(verdict="unmet")
    return Q(phase="low_impact") & Q(  # the phase first: what follows is asked about these people alone
        Exists(unmet),
        Exists(gate.filter(rule="run_gate_settled_pain", verdict="met")),
        ~Exists(unmet.exclude(rule__in=OPENED_BY_A_PERSON)),
    )


def _days_by_zone(episodes: QuerySet[Episode], now: datetime) -> dict[date, list[str]]:
    """Time zones in use, gathered by the local day they are in."""
    days: dict[date, list[str]] = defaultdict(list)
    for zone in episodes.order_by().values_list("patient__time_zone", flat=True).distinct():
        days[local_day(now, ZoneInfo(zone))].append(zone)
    return days


def _today(days: dict[date, list[str]]) -> Case:
    return Case(
        *[When(patient__time_zone__in=zones, then=Value(day)) for day, zones in days.items()],
        output_field=DateField(),
    )


def _silent(days: dict[date, list[str]]) -> Case:
    """No check-in for longer than the reminders can bridge, while the plan is not switched off."""
    late = Q(pk__in=[])
    for day, zones in days.items():
        heard = Q(last_seen_on__lte=day - QUIET_AFTER) & ~Q(phase="prevention")
        weekly = Q(last_seen_on__lte=day - QUIET_AFTER_IN_PREVENTION)
        late |= Q(patient__time_zone__in=zones) & (heard | weekly)
    return Case(When(late, then=True), default=False)


def _place_in(values: tuple[str, ...], column: str) -> Case:
    return Case(
        *[When(**{column: value}, then=place) for place, value in enumerate(values)],
        default=len(values),
        output_field=IntegerField(),
    )
