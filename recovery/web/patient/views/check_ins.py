"""Checking in for a day, and correcting it."""

from http import HTTPStatus
from uuid import uuid4

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from recovery.models import CheckIn
from recovery.rules.red_flags import stopping
from recovery.services import check_ins
from recovery.services.refusals import Conflict, Refused
from recovery.web.access import episode_required

from ..answers import say, see_other
from ..day import day_of_form, day_to_fill, today_of
from ..entries import entry_of
from ..forms.check_in import FIELD_OF, CheckInForm
from ..forms.fields import add_refusal
from ..half_done import forget, given_back, survives_sign_in
from ..presenters.check_in import asked_on, of_any_day, signs_by_urgency, told_session
from ..presenters.rotating import in_turn

PAGE = "recovery/patient/check_in.html"


@never_cache
@survives_sign_in
@episode_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request):
    """The day's questions; today, or yesterday until noon."""
    now = timezone.now()
    day = day_to_fill(request.user, now, request.GET.get("day"))
    half_done = given_back(request)
    asked = asked_on(request.episode, day_of_form(request.POST or half_done, day), now)
    if request.method == "POST":
        return _take(request, CheckInForm(request.POST, **asked.options), asked, now, check_ins.record)
    if asked.is_filled:
        return redirect("patient:correct", asked.day)
    start = {"key": uuid4(), "day": asked.day, "average": request.GET.get("average")}
    start |= told_session(request.episode, asked.day) | half_done
    return forget(request, _ask(request, CheckInForm(initial=start, **asked.options), asked, half_done=half_done))


@never_cache
@episode_required
@require_safe
def blank(request):
    """An empty form for the phone to keep: opened without a network, the phone itself puts the day on it."""
    now = timezone.now()
    today = today_of(request.user, now)
    asked = of_any_day(asked_on(request.episode, today, now), in_turn(request.episode, today))
    start = {"key": uuid4(), "day": asked.day}
    return _ask(request, CheckInForm(initial=start, **asked.options), asked, is_blank=True)


@never_cache
@survives_sign_in
@episode_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, day):
    """The answers of a day as they were given, to be corrected; the old ones are kept."""
    now = timezone.now()
    standing = CheckIn.objects.of(request.user).standing().filter(episode=request.episode)
    stored = get_object_or_404(standing, day=day)
    asked = asked_on(request.episode, day, now, stored)
    if request.method == "POST":
        return _take(request, CheckInForm(request.POST, **asked.options), asked, now, check_ins.correct)
    form = CheckInForm.prefilled(stored, **asked.options)
    form.initial |= told_session(request.episode, day, stored)
    half_done = given_back(request)
    half_done = half_done if half_done.get("day") == day.isoformat() else {}
    form.initial |= half_done
    return forget(request, _ask(request, form, asked, half_done=half_done))


def _take(request, form, asked, now, service):
    """Hands a valid form to the service and shows what came of it."""
    entry = entry_of(form, request.user, now) if form.is_valid() else None
    if entry is None:
        return _ask(request, form, asked, HTTPStatus.BAD_REQUEST)
    try:
        recorded = service(request.user, entry, now)
    except Refused as refused:
        add_refusal(form, refused, FIELD_OF)
        status = HTTPStatus.CONFLICT if isinstance(refused, Conflict) else HTTPStatus.BAD_REQUEST
        return _ask(request, form, asked, status)
    return _show(request, recorded)


def _show(request, recorded):
    """Leads to the decision, to the stop screen, or back with a word when the day came too late to be judged."""
    if recorded.decision is None:
        say(request, "late")
        return see_other("patient:today")
    if recorded.decision.outcome == "stop" or stopping(recorded.check_in.red_flags):
        return see_other("patient:stop")
    return see_other("patient:decision", recorded.decision.day)


def _ask(request, form, asked, status=HTTPStatus.OK, is_blank=False, half_done=None):
    context = {"form": form, "asked": asked, "is_blank": is_blank, "signs": signs_by_urgency(), "half_done": half_done}
    return render(request, PAGE, context, status=status)
