"""One patient: where they stand, how they got there, and what a clinician can do."""

from datetime import timedelta
from uuid import uuid4

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recovery.models import PlanVersion
from recovery.rules.facts import PHASES
from recovery.rules.reminders import local_day
from recovery.services import attention, run_gate, tightenings
from recovery.services.episodes import standing_override
from recovery.services.outlook import outlook
from recovery.web.limit_words import named

from . import history, weeks
from .doors import clinic_page, find_episode
from .notes import NoteForm, notes_of
from .thread_forms import ReplyForm
from .threads import conversations, shared_clinics

MESSAGES_SHOWN = 40
NOTES_SHOWN = 3


@clinic_page
@require_safe
def show(request, episode_id):
    """The whole picture of one patient."""
    episode, now = find_episode(request, episode_id), timezone.now()
    context = {
        **picture_of(episode, request.GET.get("days"), now),
        "conversations": conversations(request.user, episode.patient),
        **_composer(request.user, episode),
        "notes": notes_of(request.user, episode)[:NOTES_SHOWN],
    }
    return render(request, "recovery/clinic/patient.html", context)


def picture_of(episode, asked: str | None, now) -> dict:
    """Everything there is to read about one episode, its days as far back as was asked for."""
    today = local_day(now, episode.patient.zone)
    period = asked if asked in history.PERIODS else "30"
    known = history.days_of(episode, today, period, weeks.NEEDED_DAYS)
    days = known[-history.PERIODS[period] :]
    overrides = list(episode.overrides.select_related("made_by"))
    standing = standing_override(episode, today)
    return {
        "now": now,
        "today": today,
        "episode": episode,
        "phase_position": PHASES.index(episode.phase) + 1,
        "plan_day": (today - episode.started_on).days + 1,
        "day_in_phase": max(1, episode.day_in_phase(today)),
        "period": period,
        "periods": history.PERIODS,
        "diary": history.diary(days),
        "chart": history.chart_days(days, episode, [row.starts_on for row in overrides]),
        "override": standing,
        "pause": episode.pauses.standing(today),
        "past_overrides": [row for row in overrides if row != standing],
        "escalations": attention.weighed(now).filter(episode=episode).select_related("taken_by"),
        "closed": _closed(episode),
        "clearances": episode.clearances.select_related("recorded_by").order_by("-day"),
        "readiness": episode.readiness_checks.last(),
        "intakes": episode.intakes.order_by("-day", "-pk"),
        "late_before": now - attention.DELIVERED_WITHIN,
        "ledger": _ledger(episode),
        **_figures(days, today),
        **_weeks(known, today),
        "carers": [row.clinician for row in episode.care.current().select_related("clinician")],
        "forecast": _forecast(episode, today),
        "gate": run_gate.standing(episode),
        "limits": named(tightenings.standing(episode, today)) if episode.state.get("tightenings") else (),
        **_versions(episode),
    }


def _composer(clinician, episode) -> dict:
    clinics = shared_clinics(clinician, episode.patient)
    return {
        "clinics": clinics,
        "form": ReplyForm(clinics=clinics, initial={"key": uuid4()}),
        "note_form": NoteForm(clinics=clinics, initial={"key": uuid4()}),
    }


def _versions(episode) -> dict:
    """Moves between versions of the plan: made, waiting, or possible."""
    moves = episode.plan_moves.select_related("from_version", "to_version", "made_by").order_by("-day")
    return {
        "plan_moves": moves if episode.plan_moved_on else (),
        "due_move": episode.due_moves.waiting().select_related("version").first(),
        "newest": PlanVersion.objects.newest(episode.plan_version.plan.key),
    }


def _closed(episode):
    closed = episode.escalations.filter(status="resolved")
    return closed.select_related("resolution__made_by").order_by("-raised_at")


def _figures(days, today) -> dict:
    """The numbers of the side column, from the days at hand."""
    answered = [day.check_in for day in days if day.check_in]
    week_ago = [row for row in answered if row.day <= today - timedelta(days=7)]
    recent = days[-28:]
    return {
        "latest": answered[-1] if answered else None,
        "week_ago": week_ago[-1] if week_ago else None,
        "sessions": history.sessions_of(days),
        "checked_in": sum(day.check_in is not None for day in recent),
        "recent_days": len(recent),
        "flagged": [row for row in reversed(answered) if row.red_flags],
    }


def _weeks(days, today) -> dict:
    """Weeks side by side, and how the sessions of the last four went."""
    recent = days[-weeks.STRIP_DAYS :]
    return {
        "weeks": weeks.weeks_of(days, today),
        "strip": [weeks.state_of(day, today) for day in recent],
        "adherence": weeks.sessions_of(recent, today),
    }


def _ledger(episode):
    """What was sent about this patient, to whom and by which ways, the newest first."""
    sent = episode.messages.select_related("recipient").prefetch_related("deliveries")
    return sent.order_by("-created_at")[:MESSAGES_SHOWN]


def _forecast(episode, today):
    """What would move them on; nothing while the plan is off or waits for starting questions."""
    if episode.is_stopped or episode.awaiting_intake or not episode.is_open:
        return None
    return outlook(episode, today)
