"""The stop screen: what was ticked, how urgent it is, whom to call and what to show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from accounts.models import Consent
from recovery.models import CheckIn, Episode
from recovery.rules.red_flags import FLAGS, most_urgent, stopping
from recovery.services.audience import readers_of

from ..day import today_of
from .activities import state_of

SUMMARY_DAYS = 14
EMERGENCY, SAME_DAY = "EM", "SD"


@dataclass(frozen=True, slots=True)
class StopPage:
    """A stopped plan as the patient must see it."""

    urgency: str
    flags: Sequence[str]
    phone: str
    emergency_phone: str
    stopped_on: date
    days_of_pain: int
    rows: Sequence[CheckIn]
    clinics: Sequence[Consent]
    may_be_mistake: bool


def stop_page(episode: Episode, now: datetime) -> StopPage:
    """What stopped the plan and what to do about it."""
    today = today_of(episode.patient, now)
    flags = stop_flags(episode)
    urgency = most_urgent(flags).urgency if flags else SAME_DAY
    clinics = list(readers_of(episode.patient))
    rows = CheckIn.objects.standing().filter(episode=episode, day__gt=today - timedelta(days=SUMMARY_DAYS))
    rows = list(rows.order_by("-day"))
    return StopPage(
        urgency=urgency,
        flags=sorted(flags),
        phone=_phone(urgency, clinics),
        emergency_phone=emergency_number(),
        stopped_on=episode.stopped_on,
        days_of_pain=(today - episode.onset_on).days,
        rows=rows,
        clinics=clinics,
        may_be_mistake=any(stopping(row.red_flags) for row in rows),
    )


def stop_flags(episode: Episode) -> tuple[str, ...]:
    """The warning signs that keep the plan off."""
    state = state_of(episode)
    return tuple(code for code in (state.stop_flags if state else ()) if code in FLAGS)


def mistaken_check_in(episode: Episode) -> CheckIn | None:
    """The newest check-in with a sign that stopped the plan, which is the one to correct."""
    rows = CheckIn.objects.standing().filter(episode=episode, known_on__gte=episode.stopped_on)
    return next((row for row in rows.order_by("-day") if stopping(row.red_flags)), None)


def emergency_number() -> str:
    """The number to call at once, as configured for the region."""
    return settings.EMERGENCY_NUMBER


def urgent_care_number() -> str:
    """The number for the same day, as configured for the region."""
    return settings.URGENT_CARE_NUMBER


def _phone(urgency: str, clinics: Sequence[Consent]) -> str:
    if urgency == EMERGENCY:
        return emergency_number()
    if urgency == SAME_DAY:
        return urgent_care_number()
    return next((consent.clinic.phone for consent in clinics if consent.clinic.phone), "")
