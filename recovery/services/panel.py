"""Who needs a clinician, in order and with the reason: the panel as plain values, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Count, F, Q

from accounts.models import Consent
from recovery.models import Care, CheckIn, Decision, Episode, Finding
from recovery.rules.facts import PHASES

from . import attention as order

PAGE_SIZE = 50
SPARK_DAYS = 28
PORTION = 500  # rows of a whole list are read in portions of this size


@dataclass(frozen=True, slots=True)
class Wish:
    """What the panel is narrowed to: part of a name, one attention, a clinic, a phase, the people I look after."""

    search: str = ""
    attention: str = ""
    clinic_id: UUID | None = None
    phase: str = ""
    mine: bool = False


EVERYBODY = Wish()


@dataclass(frozen=True, slots=True)
class OpenEscalation:
    """An escalation nobody has closed yet.

    `is_overdue` when nobody took it in time, `undelivered` when a message about it did not arrive.
    """

    id: UUID
    code: str
    urgency: str
    status: str
    day: date
    raised_at: datetime
    figures: Mapping
    is_overdue: bool
    undelivered: bool
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One patient: why they stand where they stand, and the facts a clinician glances at.

    `attention` is one of `attention.ORDER`. `reason_code` is an escalation's code, or one of stopped, silent,
    never_checked_in, awaiting_intake, run_gate_readiness, run_gate_review, override, or the latest decision's outcome.
    `spark` holds the average pain of 28 days, oldest first, None where nobody answered.
    """

    episode_id: UUID
    patient_id: UUID
    patient_name: str
    attention: str
    reason_code: str
    reason_figures: Mapping
    phase: str
    phase_position: int
    day_in_phase: int
    run_level: str
    last_check_in_on: date | None
    last_received_at: datetime | None
    last_average: int | None
    days_silent: int
    open_escalations: tuple[OpenEscalation, ...]
    undelivered: bool
    spark: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class PanelGroup:
    """Patients of one attention, most pressing first; `count` is of all pages."""

    attention: str
    count: int
    rows: tuple[PanelRow, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One page of the panel; `counts` (attention -> patients) and `total` are of everything found."""

    groups: tuple[PanelGroup, ...]
    counts: Mapping[str, int]
    total: int
    page: int
    pages: int

    @property
    def rows(self) -> Sequence[PanelRow]:
        """All rows of this page in order."""
        return [row for group in self.groups for row in group.rows]


def panel(clinician, now: datetime, wish: Wish = EVERYBODY, page: int = 1) -> Panel:
    """Patients who share with this clinician's clinics, most pressing first; counts are of every attention."""
    attention = wish.attention
    ranked = order.ranked(_found(clinician, wish), now)
    counts = _counts(ranked)
    if attention in order.ORDER:
        ranked = ranked.filter(rank=order.ORDER.index(attention))
    shown = counts.get(attention, 0) if attention in order.ORDER else sum(counts.values())
    pages = max(1, -(-shown // PAGE_SIZE))
    page = min(max(page, 1), pages)
    start = (page - 1) * PAGE_SIZE
    found = order.most_pressing_first(ranked, now).select_related("patient").defer("state")
    episodes = list(found[start : start + PAGE_SIZE])
    return Panel(_groups(_rows(episodes, now), counts), counts, sum(counts.values()), page, pages)


def everybody(clinician, now: datetime, wish: Wish = EVERYBODY) -> Iterator[PanelRow]:
    """Every row of the panel in its order, not only a page; read in portions."""
    ranked = order.ranked(_found(clinician, wish), now)
    if wish.attention in order.ORDER:
        ranked = ranked.filter(rank=order.ORDER.index(wish.attention))
    found = order.most_pressing_first(ranked, now).select_related("patient").defer("state")
    for portion in _portions(found):
        yield from _rows(portion, now)


def _found(clinician, wish: Wish):
    episodes = Episode.objects.visible_to(clinician).open()
    if wish.clinic_id is not None:
        sharing = Consent.objects.seen_by(clinician).filter(clinic=wish.clinic_id)
        episodes = episodes.filter(patient__in=sharing)
    if wish.phase:
        episodes = episodes.filter(phase=wish.phase)
    if wish.mine:
        episodes = episodes.filter(pk__in=Care.objects.current().filter(clinician=clinician).values("episode"))
    if text := wish.search.strip():
        named = Q(patient__display_name__icontains=text) | Q(patient__email__istartswith=text)
        episodes = episodes.filter(named)
    return episodes


def _portions(episodes: Iterable[Episode]) -> Iterator[list[Episode]]:
    rest = iter(episodes)
    while portion := list(islice(rest, PORTION)):
        yield portion


def _counts(ranked) -> dict[str, int]:
    found = dict(ranked.order_by().values_list("rank").annotate(Count("pk")))
    return {name: found.get(rank, 0) for rank, name in enumerate(order.ORDER)}


def _groups(rows: list[PanelRow], counts: Mapping[str, int]) -> tuple[PanelGroup, ...]:
    by_attention: dict[str, list[PanelRow]] = defaultdict(list)
    for row in rows:
        by_attention[row.attention].append(row)
    shown = [name for name in order.ORDER if by_attention[name]]
    return tuple(PanelGroup(name, counts[name], tuple(by_attention[name])) for name in shown)


def _rows(episodes: list[Episode], now: datetime) -> list[PanelRow]:
    escalations, answers = _escalations(episodes, now), _answers(episodes)
    decisions = _latest_decisions(episodes)
    gates = _shut_gates(episodes, decisions)
    return [
        _row(
            episode,
            escalations[episode.pk],
            answers[episode.pk],
            _reason(episode, escalations[episode.pk], decisions.get(episode.pk), gates.get(episode.pk, "")),
        )
        for episode in episodes
    ]


def _row(episode, escalations: list[OpenEscalation], answers: dict[date, tuple], reason) -> PanelRow:
    average, received_at = answers.get(episode.last_check_in_on, (None, None))
    first = episode.today - timedelta(days=SPARK_DAYS - 1)
    days = [first + timedelta(days=n) for n in range(SPARK_DAYS)]
    return PanelRow(
        episode_id=episode.pk,
        patient_id=episode.patient_id,
        patient_name=episode.patient.name,
        attention=order.ORDER[episode.rank],
        reason_code=reason[0],
        reason_figures=reason[1],
        phase=episode.phase,
        phase_position=PHASES.index(episode.phase) + 1,
        day_in_phase=max(1, episode.day_in_phase(episode.today)),
        run_level=episode.run_level,
        last_check_in_on=episode.last_check_in_on,
        last_received_at=received_at,
        last_average=average,
        days_silent=(episode.today - (episode.last_check_in_on or episode.started_on)).days,
        open_escalations=tuple(escalations),
        undelivered=any(item.undelivered for item in escalations),
        spark=tuple(answers.get(day, (None, None))[0] for day in days),
    )


def _reason(episode, escalations, decision: Decision | None, gate: str) -> tuple[str, Mapping]:
    """Why this patient stands here: the leading escalation, the silence, the shut gate, or the latest decision."""
    leading = escalations[0] if escalations else None
    if episode.rank == order.QUIET:
        return _silence(episode), leading.figures if leading else {}
    if leading is not None and (episode.rank != order.SIGN or leading.code.startswith("RF")):
        return leading.code, leading.figures
    if episode.is_stopped:
        return "stopped", {"stopped_on": episode.stopped_on.isoformat()}
    if episode.rank == order.READY:
        return gate, {}
    if episode.is_paused_on(episode.today):
        return "paused", {"until": episode.paused_until.isoformat()}
    if episode.awaiting_intake or decision is None:
        return _silence(episode), {}
    return decision.outcome, {"rule": decision.rule, "day": decision.day.isoformat()}


def _silence(episode) -> str:
    if episode.awaiting_intake:
        return "awaiting_intake"
    return "silent" if episode.last_check_in_on else "never_checked_in"


def _escalations(episodes, now) -> dict[UUID, list[OpenEscalation]]:
    found: dict[UUID, list[OpenEscalation]] = defaultdict(list)
    rows = order.weighed(now).filter(episode__in=_keys(episodes)).select_related("taken_by")
    for row in rows:
        found[row.episode_id].append(
            OpenEscalation(
                id=row.pk,
                code=row.code,
                urgency=row.urgency,
                status=row.status,
                day=row.day,
                raised_at=row.raised_at,
                figures=row.figures,
                is_overdue=row.is_overdue,
                undelivered=row.undelivered,
                acknowledged_by=row.taken_by.name if row.taken_by else "",
                acknowledged_at=row.taken_at,
            )
        )
    return found


def _answers(episodes) -> dict[UUID, dict[date, tuple]]:
    """Average pain and time of arrival by day: four weeks, and the latest check-in however old."""
    found: dict[UUID, dict[date, tuple]] = defaultdict(dict)
    first = min((episode.today for episode in episodes), default=date.max) - timedelta(days=SPARK_DAYS)
    recent = Q(day__gte=first) | Q(day=F("episode__last_check_in_on"))
    rows = CheckIn.objects.standing().filter(recent, episode__in=_keys(episodes))
    for key, day, average, received_at in rows.values_list("episode_id", "day", "average", "received_at"):
        found[key][day] = average, received_at
    return found


def _latest_decisions(episodes) -> dict[UUID, Decision]:
    rows = Decision.objects.standing().filter(episode__in=_keys(episodes), day=F("episode__folded_through"))
    return {row.episode_id: row for row in rows.defer("state_after")}


def _shut_gates(episodes, decisions: Mapping[UUID, Decision]) -> dict[UUID, str]:
    """What a person still has to do before the run gate opens, for those who are ready otherwise."""
    ready = {decisions[e.pk].pk: e.pk for e in episodes if e.rank == order.READY and e.pk in decisions}
    unmet = Finding.objects.filter(decision__in=ready, verdict="unmet", rule__in=order.OPENED_BY_A_PERSON)
    return {ready[decision]: rule for decision, rule in unmet.order_by("-position").values_list("decision_id", "rule")}


def _keys(episodes) -> list[UUID]:
    return [episode.pk for episode in episodes]
