"""The starting questions, the first time and again after a break or a clearance."""

from http import HTTPStatus

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from recovery.models import Episode
from recovery.rules.facts import InvalidFact
from recovery.services import episodes
from recovery.services.plan_choice import plan_of_the_clinic
from recovery.services.refusals import Refused
from recovery.web.access import patient_required

from ..answers import posted, say, see_other
from ..day import today_of
from ..forms.fields import add_invalid, add_refusal
from ..forms.intake import IntakeForm
from ..presenters.intake import known_from, may_answer
from ..presenters.place import phase_title

FIELD_OF = {"started_on": "onset_on"}


@never_cache
@patient_required
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request):
    """Warning signs, history, pain now and the running before; one page, one answer."""
    now = timezone.now()
    episode = Episode.objects.of(request.user).open().first()
    if not may_answer(episode, today_of(request.user, now)):
        return redirect("patient:stop" if episode.is_stopped else "patient:today")
    form = IntakeForm(posted(request), initial=known_from(episode))
    if request.method == "POST" and form.is_valid():
        opened = _open(request.user, episode, form, now)
        if opened is not None:
            return _welcome(request, opened)
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"form": form, "is_again": bool(episode), "plan": None if episode else plan_of_the_clinic(request.user)}
    return render(request, "recovery/patient/intake.html", context, status=status)


def _open(user, episode, form, now):
    """The episode the answers open or restart; None, with sentences in the form, when they are refused."""
    service = episodes.restart if episode else episodes.open_episode
    try:
        return service(user, form.answers(), now)
    except Refused as refused:
        add_refusal(form, refused)
    except InvalidFact as invalid:
        add_invalid(form, invalid, FIELD_OF)
    return None


def _welcome(request, episode):
    """Today, with the phase explained; or the stop screen."""
    if episode.is_stopped:
        return see_other("patient:stop")
    say(request, "started", phase=phase_title(episode.phase))
    return see_other("patient:today")
