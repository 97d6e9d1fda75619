"""What every page of a clinic shares: who may come in, whose time is shown, and whose rows are found."""

from functools import wraps

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import note_shown
from recovery.models import Episode, Escalation
from recovery.web.access import clinician_required


def clinic_page(view):
    """A page for clinicians, with times in the reader's own zone."""

    @clinician_required
    @wraps(view)
    def in_own_time(request, *args, **kwargs):
        with timezone.override(request.user.zone):
            return view(request, *args, **kwargs)

    return in_own_time


def find_episode(request, episode_id) -> Episode:
    """An episode of a patient who shares with this clinician now, or 404."""
    episodes = Episode.objects.visible_to(request.user).select_related("patient", "plan_version__plan")
    episode = get_object_or_404(episodes, pk=episode_id)
    note_shown(request, [episode.patient_id])
    return episode


def find_escalation(request, escalation_id) -> Escalation:
    """An escalation of a patient who shares with this clinician now, or 404."""
    escalations = Escalation.objects.visible_to(request.user).select_related(
        "episode__patient", "taken_by", "resolution__made_by"
    )
    escalation = get_object_or_404(escalations, pk=escalation_id)
    note_shown(request, [escalation.episode.patient_id])
    return escalation


def note_rows(request, rows) -> None:
    """Says whose rows of the panel this page shows."""
    note_shown(request, [row.patient_id for row in rows])


def add_refusal(form, refused) -> None:
    """Shows why a service said no at the field it is about, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
