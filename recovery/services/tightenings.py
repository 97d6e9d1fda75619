"""Making one limit of the plan stricter for one patient, and ending that before its time."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from recovery.models import Episode, Tightening
from recovery.rules.plan import PlanSpec
from recovery.rules.plan_checks import check_plan
from recovery.rules.tightening import Limit, limits_of, tightened_plan

from .episodes import day_of, judge_event
from .events import tightening_fact
from .plan_specs import spec_of
from .refusals import Refused

LONGEST = timedelta(days=90)
Place = tuple[str, str, str, str | None]


@transaction.atomic
def tighten(episode_id, place: Place, number: int, reason: str, expires_on: date, made_by, now: datetime) -> Tightening:
    """Lets a stricter number count from today until a day; the patient reads it with the reason."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    today, plan = day_of(episode, now), spec_of(episode.plan_version_id)
    limit = _limit_of(plan, place)
    _refuse(episode, limit, number, reason, expires_on, today)
    row = Tightening(
        episode=episode,
        phase=limit.phase,
        condition=limit.condition,
        parameter=limit.parameter,
        leads_to=limit.leads_to or "",
        limit=number,
        plan_limit=limit.quantity.value,
        reason=reason.strip(),
        starts_on=today,
        expires_on=expires_on,
        made_by=made_by,
        made_at=now,
    )
    if check_plan(tightened_plan(plan, [*map(tightening_fact, standing(episode, today)), tightening_fact(row)])):
        raise Refused("limits_would_cross", "number")
    row.save()
    judge_event(episode, today, now)
    return row


@transaction.atomic
def end(episode_id, tightening_id: int, ended_by, now: datetime) -> Tightening:
    """The plan's own number counts again from today."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    today = day_of(episode, now)
    row = standing(episode, today).filter(pk=tightening_id).first()
    if row is None:
        raise Refused("no_tightening")
    row.withdrawn_on, row.withdrawn_by = today, ended_by
    row.save(update_fields=["withdrawn_on", "withdrawn_by"])
    judge_event(episode, today, now)
    return row


def standing(episode: Episode, today: date) -> QuerySet[Tightening]:
    """Those in force today."""
    rows = Tightening.objects.filter(episode=episode, withdrawn_on__isnull=True, expires_on__gte=today)
    return rows.select_related("made_by")


def limits_for(episode: Episode) -> list[Limit]:
    """Every number of the patient's plan that can be made stricter, from their phase on."""
    phases = [phase.key for phase in spec_of(episode.plan_version_id).phases]
    ahead = phases[phases.index(episode.phase) :]
    return [limit for limit in limits_of(spec_of(episode.plan_version_id)) if limit.phase in ahead]


def _limit_of(plan: PlanSpec, place: Place) -> Limit:
    found = next((limit for limit in limits_of(plan) if limit.place == place), None)
    if found is None:
        raise Refused("unknown_limit", "place")
    return found


def _refuse(episode: Episode, limit: Limit, number: int, reason: str, expires_on: date, today: date) -> None:
    if not episode.is_open:
        raise Refused("episode_has_ended")
    if not reason.strip():
        raise Refused("reason_missing", "reason")
    if expires_on <= today:
        raise Refused("expiry_too_early", "expires_on")
    if expires_on > today + LONGEST:
        raise Refused("expiry_too_late", "expires_on", days=LONGEST.days)
    if standing(episode, today).filter(**_place(limit)).exists():
        raise Refused("limit_stricter_already", "place")
    bounds = {"plan": limit.quantity.value, "strictest": limit.strictest}
    if not limit.is_stricter(number):
        raise Refused("looser_higher" if limit.is_stricter_higher else "looser_lower", "number", **bounds)
    if not limit.quantity.lowest <= number <= limit.quantity.highest:
        raise Refused("limit_out_of_range", "number", **bounds)


def _place(limit: Limit) -> dict:
    return {
        "phase": limit.phase,
        "condition": limit.condition,
        "parameter": limit.parameter,
        "leads_to": limit.leads_to or "",
    }
