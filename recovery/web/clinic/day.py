"""The tasks of the day, and what a clinician notes to come back to."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import note_shown
from accounts.models import Clinic
from recovery.models import FollowUp
from recovery.models.follow_up import LONGEST
from recovery.services import follow_ups
from recovery.services.agenda import agenda_of
from recovery.services.refusals import Refused

from .doors import add_refusal, clinic_page, find_episode


class FollowUpForm(forms.Form):
    """What to do for a patient, and on which day; its key makes a double tap harmless."""

    text = forms.CharField(
        label=gettext_lazy("What do you want to do?"),
        max_length=LONGEST,
        help_text=gettext_lazy("Only you read this here. It belongs to the patient’s record."),
        error_messages={"required": gettext_lazy("Write what you want to do.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": gettext_lazy("Please send it again.")})


@never_cache
@clinic_page
@require_safe
def show(request):
    """Everything that is due today, and what is done already."""
    if not Clinic.objects.of_staff(request.user).exists():
        return render(request, "recovery/clinic/no_clinic.html", {"tab": "day"})
    now, mine = timezone.now(), request.GET.get("who") == "mine"
    agenda = agenda_of(request.user, now, mine)
    note_shown(request, agenda.patients)
    context = {"tab": "day", "agenda": agenda, "now": now, "mine": mine}
    return render(request, "recovery/clinic/day/show.html", context)


@never_cache
@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request, episode_id):
    """Notes what to do for a patient on a day."""
    episode, now = find_episode(request, episode_id), timezone.now()
    today = timezone.localdate(now)
    form = FollowUpForm(request.POST or None, initial={"key": uuid4(), "due_on": today})
    if form.is_bound and form.is_valid() and _added(request, episode, form, today, now):
        messages.success(request, _("Noted. It stands under Today when its day comes."))
        return redirect("clinic:day")
    context = {"tab": "day", "episode": episode, "form": form}
    return render(request, "recovery/clinic/day/follow_up.html", context, status=400 if form.errors else 200)


@clinic_page
@require_POST
def done(request, follow_up_id):
    """Ticks off one of my own."""
    follow_ups.finish(_mine(request, follow_up_id), timezone.now())
    return redirect("clinic:day")


@clinic_page
@require_POST
def again(request, follow_up_id):
    """Puts one of my own back."""
    follow_ups.reopen(_mine(request, follow_up_id))
    return redirect("clinic:day")


def _mine(request, follow_up_id) -> FollowUp:
    """One of my own about somebody who shares now, or 404."""
    rows = FollowUp.objects.of(request.user).select_related("episode")
    row = get_object_or_404(rows, pk=follow_up_id)
    note_shown(request, [row.episode.patient_id])
    return row


def _added(request, episode, form, today, now) -> bool:
    try:
        follow_ups.add(episode, request.user, **form.cleaned_data, today=today, now=now)
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True
