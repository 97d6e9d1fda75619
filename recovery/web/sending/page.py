"""Whether reminders and warnings leave: what waits, what left, who shows signs of life, what is missing."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.models import Shortfall
from recovery.services import heartbeat, parked, sending_state
from recovery.web.access import admin_required
from recovery.web.drawing.hours import draw_hours

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Sign:
    """A process, when it last showed itself, and whether that is lately enough."""

    name: str
    at: datetime | None
    is_fresh: bool


def signs(now: datetime) -> list[Sign]:
    """Beat, both lines and the auditor."""
    return [
        Sign(name, at, at is not None and now - at < heartbeat.MAY_BE_SILENT_FOR)
        for name, at in sending_state.signs_of_life().items()
    ]


@admin_required
@never_cache
@require_safe
def show(request):
    """The page; it changes nothing."""
    now = timezone.now()
    lines, waiting, life = sending_state.lines(now), sending_state.unacknowledged(now), signs(now)
    standing, given_up = Shortfall.objects.standing(), parked.parked(now)
    context = {
        "tab": "sending",
        "now": now,
        "lines": lines,
        "going": sum(line.claimed for line in lines),
        "reminders_due": sending_state.reminders_due(now),
        "ended": sending_state.ended(now - sending_state.A_DAY),
        "hours": draw_hours(sending_state.ended_by_hour(now)),
        "waiting": waiting,
        "waiting_in_all": sum(waiting.values()),
        "undelivered": sending_state.undelivered(),
        "signs": life,
        "all_alive": all(sign.is_fresh for sign in life),
        "found": standing[:SHOWN],
        "found_more": max(0, standing.count() - SHOWN),
        "parked": given_up[:SHOWN],
        "parked_more": max(0, given_up.count() - SHOWN),
        "put_right": Shortfall.objects.exclude(gone_at=None).order_by("-gone_at")[:5],
    }
    with timezone.override(request.user.zone):
        return render(request, "recovery/sending/show.html", context)
