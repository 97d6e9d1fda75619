"""The tolerant run gate: unlocking it for one patient, with a reason, and locking it again."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from recovery.services import run_gate
from recovery.services.refusals import Refused

from .doors import add_refusal, clinic_page, find_episode


class GateForm(forms.Form):
    """Why; and for an unlocking, that there is no leg symptom."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For your colleagues and the record."),
        error_messages={"required": gettext_lazy("Give a reason.")},
    )
    no_leg_signs = forms.BooleanField(
        label=gettext_lazy("I have asked: there is no pain, numbness or weakness in a leg."),
        error_messages={"required": gettext_lazy("Ask about the legs first, then tick this.")},
    )

    def __init__(self, *args, is_tolerant: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_tolerant:
            del self.fields["no_leg_signs"]


@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, episode_id):
    """Unlocks the tolerant gate where it is locked, and locks it where it is unlocked."""
    episode = find_episode(request, episode_id)
    last = run_gate.standing(episode)
    is_tolerant = bool(last and last.is_tolerant)
    form = GateForm(request.POST or None, is_tolerant=is_tolerant)
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("wish") == "unlock"
        try:
            run_gate.decide(episode.pk, wanted, form.cleaned_data["reason"], request.user, timezone.now())
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Recorded. The rules use it from today."))
            return redirect("clinic:patient", episode.pk)
    context = {"tab": "panel", "episode": episode, "form": form, "last": last, "is_tolerant": is_tolerant}
    return render(request, "recovery/clinic/gate.html", context, status=400 if form.errors else 200)
