"""A session of exercises and the walk-run: done with a timer or from the page, and told afterwards."""

from http import HTTPStatus
from uuid import uuid4

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from recovery.services import session_logs
from recovery.services.refusals import Refused
from recovery.web.access import episode_required

from ..answers import posted, say, see_other
from ..day import today_of
from ..forms.fields import add_refusal
from ..forms.session import RunForm, SessionForm
from ..presenters.session import run_page, session_page


@never_cache
@episode_required
@require_http_methods(["GET", "HEAD", "POST"])
def session(request, code=""):
    """Today's exercises one after the other, or one alone."""
    if request.episode.is_stopped:
        return redirect("patient:stop")
    page = session_page(request.episode, today_of(request.user, timezone.now()), code.upper())
    if page is None:
        return redirect("patient:activities")
    form = SessionForm(posted(request), exercises=page.codes, initial={"key": uuid4()})
    return _take_or_show(request, "recovery/patient/session.html", page, form)


@never_cache
@episode_required
@require_http_methods(["GET", "HEAD", "POST"])
def run(request):
    """The walk-run of the level, minute by minute; off days say why."""
    if request.episode.is_stopped:
        return redirect("patient:stop")
    page = run_page(request.episode, today_of(request.user, timezone.now()))
    if page is None:
        raise Http404
    form = RunForm(posted(request), initial={"key": uuid4()})
    return _take_or_show(request, "recovery/patient/run.html", page, form)


def _take_or_show(request, template: str, page, form):
    """Keeps what was told, or shows the page with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            kept = session_logs.log(request.user, form.told(), timezone.now())
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return _thank(request, kept)
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, template, {"page": page, "form": form}, status=status)


def _thank(request, kept):
    """Back to the list; where today's check-in came first, to its correction, which starts with this session."""
    is_filled = kept.episode.check_ins.standing().filter(day=kept.day).exists()
    say(request, "session_after_check_in" if is_filled else "session_kept", log=kept)
    return see_other("patient:correct", kept.day) if is_filled else see_other("patient:activities")
