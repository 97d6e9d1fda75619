"""Settings: the reminder, the look, who reads the diary, what was sent."""

from http import HTTPStatus

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recovery.services import reach, travel
from recovery.services.refusals import Refused
from recovery.web.access import patient_required
from recovery.web.paging import page_of
from recovery.web.ways.forms import CodeForm, NumberForm

from ..answers import posted, say, see_other
from ..forms.fields import add_refusal
from ..forms.pause import PauseForm
from ..forms.settings import PreferencesForm, ReminderForm, ZoneForm
from ..presenters.settings import preferences_initial, reminder_initial, sent_to, settings_page


@never_cache
@patient_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request):
    """All settings on one page; this door saves name, time zone and look."""
    form = PreferencesForm(posted(request), initial=preferences_initial(request.user))
    if request.method == "POST" and form.is_valid():
        travel.change(request.user, timezone.now(), **form.cleaned_data)
        say(request, "saved")
        return see_other("patient:settings")
    return show(request, preferences=form)


@never_cache
@patient_required
@require_safe
def sent(request):
    """Everything we sent this person, in pages."""
    page = page_of(sent_to(request.user), request.GET.get("page"))
    return render(request, "recovery/patient/sent.html", {"page": page})


@never_cache
@patient_required
@require_POST
def reminder(request):
    """Saves when we ask for a check-in."""
    form = ReminderForm(request.POST)
    if not (form.is_valid() and _keep_wish(request.user, form, timezone.now())):
        return show(request, reminder=form)
    say(request, "saved")
    return see_other("patient:settings")


def _keep_wish(patient, form: ReminderForm, now) -> bool:
    """Whether the wish could be kept; otherwise the form says why not."""
    try:
        reach.keep(patient, form.wish, form.cleaned_data["by_email"], now)
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True


@never_cache
@patient_required
@require_POST
def time_zone(request):
    """Answers the question whether reminders follow the phone to another time zone."""
    form = ZoneForm(request.POST)
    if form.is_valid():
        _answer_offer(request.user, form.cleaned_data, timezone.now())
        say(request, "saved")
    return see_other("patient:settings")


def _answer_offer(patient, given: dict, now) -> None:
    if given["answer"] == "move":
        travel.move(patient, given["time_zone"], now)
    else:
        travel.stay(patient, given["time_zone"])


def show(request, preferences=None, reminder=None, device=None, number=None, code=None, pause=None):
    """The whole page; with the form that was sent and had a mistake, if any."""
    sent = (preferences, reminder, device, number, code, pause)
    bound = [form for form in sent if form is not None and form.is_bound]
    user, now = request.user, timezone.now()
    page = settings_page(user, now)
    context = {
        "page": page,
        "preferences": preferences or PreferencesForm(initial=preferences_initial(user)),
        "reminder": reminder or ReminderForm(initial=reminder_initial(user, now, page.standing)),
        "number": number or NumberForm(),
        "code": code or CodeForm(),
        "pause": pause or PauseForm(),
        "faulty": bound[0] if bound else None,
    }
    status = HTTPStatus.BAD_REQUEST if bound else HTTPStatus.OK
    return render(request, "recovery/patient/settings.html", context, status=status)
