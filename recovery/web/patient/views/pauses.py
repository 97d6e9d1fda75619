"""Putting the plan aside and taking it up again."""

from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from recovery.services import pauses
from recovery.services.refusals import Refused
from recovery.web.access import episode_required

from ..answers import say, see_other
from ..forms.fields import add_refusal
from ..forms.pause import PauseForm
from .settings import show


@never_cache
@episode_required
@require_POST
def pause(request):
    """Puts the plan aside until the day given."""
    form = PauseForm(request.POST)
    if not (form.is_valid() and _keep(request.user, form)):
        return show(request, pause=form)
    say(request, "paused", until=form.cleaned_data["resumes_on"])
    return see_other("patient:settings")


@never_cache
@episode_required
@require_POST
def resume(request):
    """The plan goes on from today; a second tap finds it gone on already."""
    try:
        pauses.resume(request.user, timezone.now())
        say(request, "resumed")
    except Refused as refused:
        if refused.code != "not_paused":
            raise
    return see_other("patient:today")


def _keep(patient, form: PauseForm) -> bool:
    """Whether the pause could be kept; otherwise the form says why not."""
    given = form.cleaned_data
    try:
        pauses.pause(patient, given["reason"], given["resumes_on"], timezone.now())
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True
