"""When a warning sign was ticked: the stop screen, the way back, and help for everybody."""

from dataclasses import replace
from http import HTTPStatus

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from recovery.rules.red_flags import FLAGS, stopping
from recovery.services import check_ins, episodes
from recovery.services.activities import is_off_for_today
from recovery.services.check_ins import Entry
from recovery.services.events import check_in_fact
from recovery.services.refusals import Refused
from recovery.web.access import episode_required

from ..answers import posted, say, see_other
from ..forms.fields import add_refusal
from ..forms.safety import ClearanceForm, MistakeForm
from ..presenters.stop import emergency_number, mistaken_check_in, stop_page, urgent_care_number


@never_cache
@episode_required
@require_safe
def stop(request):
    """What was ticked, how urgent it is, whom to call and what to show them."""
    if not request.episode.is_stopped:
        return redirect("patient:today")
    page = stop_page(request.episode, timezone.now())
    return render(request, "recovery/patient/stop.html", {"page": page})


@never_cache
@episode_required
@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request):
    """A second look at what was ticked; confirmed, the check-in is corrected and the plan decides again."""
    stored = mistaken_check_in(request.episode) if request.episode.is_stopped else None
    if stored is None:
        return redirect("patient:today")
    form = MistakeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _take_back(request, stored, timezone.now())
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"form": form, "stored": stored, "flags": stopping(stored.red_flags)}
    return render(request, "recovery/patient/mistake.html", context, status=status)


def _take_back(request, stored, now):
    kept = tuple(code for code in stored.red_flags if code not in stopping(stored.red_flags))
    fact = replace(check_in_fact(stored), red_flags=kept)
    recorded = check_ins.correct(request.user, Entry(fact, stored.key, now, stored.time_zone), now)
    if recorded.decision is None or recorded.decision.outcome in ("stop", "stopped"):
        if not recorded.check_in.is_in_time:
            say(request, "taken_back_late")
        return see_other("patient:stop")
    is_off = is_off_for_today(request.episode, recorded.decision.day)
    say(request, "taken_back_tomorrow" if is_off else "taken_back")
    return see_other("patient:today")


@never_cache
@episode_required
@require_http_methods(["GET", "HEAD", "POST"])
def clearance(request):
    """Who examined the warning sign, and when; a new intake follows."""
    if not request.episode.is_stopped:
        return redirect("patient:today")
    form = ClearanceForm(posted(request))
    if request.method == "POST" and form.is_valid() and _record_clearance(request, form, timezone.now()):
        return see_other("patient:intake")
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    page = stop_page(request.episode, timezone.now())
    return render(request, "recovery/patient/clearance.html", {"form": form, "page": page}, status=status)


def _record_clearance(request, form, now) -> bool:
    given = form.cleaned_data
    try:
        episodes.record_clearance(request.episode.pk, given["profession"], given["assessed_on"], request.user, now)
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True


@require_safe
def urgent_help(request):
    """All warning signs with how soon to act on them; open to everybody."""
    groups = [
        (urgency, [flag.code for flag in FLAGS.values() if flag.urgency == urgency]) for urgency in ("EM", "SD", "WD")
    ]
    context = {"groups": groups, "emergency": emergency_number(), "urgent_care": urgent_care_number()}
    return render(request, "recovery/patient/urgent_help.html", context)
