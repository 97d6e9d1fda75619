"""Settings: the reminder, the look, who reads the diary, what was sent."""

from http import HTTPStatus

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.services.preferences import change_preferences
from recovery.services import email_standing, reminders
from recovery.web.access import patient_required

from ..answers import posted, say, see_other
from ..forms.settings import PreferencesForm, ReminderForm
from ..presenters.settings import preferences_initial, reminder_initial, settings_page


@never_cache
@patient_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request):
    """All settings on one page; this door saves name, time zone and look."""
    form = PreferencesForm(posted(request), initial=preferences_initial(request.user))
    if request.method == "POST" and form.is_valid():
        _keep(request.user, form.cleaned_data, timezone.now())
        say(request, "saved")
        return see_other("patient:settings")
    return _show(request, preferences=form)


def _keep(user, chosen, now):
    """Saves the choices; in another zone the next reminder comes at another instant."""
    has_moved = chosen["time_zone"] != user.time_zone
    change_preferences(user, **chosen)
    if has_moved:
        reminders.follow(user, now)


@never_cache
@patient_required
@require_POST
def reminder(request):
    """Saves when we ask for a check-in."""
    form = ReminderForm(request.POST)
    if not form.is_valid():
        return _show(request, reminder=form)
    given = form.cleaned_data
    reminders.change(request.user, given["is_on"], given["at"], given["weekdays"], timezone.now())
    if given["is_on"]:
        email_standing.subscribe(request.user)
    say(request, "saved")
    return see_other("patient:settings")


def _show(request, preferences=None, reminder=None):
    bound = [form for form in (preferences, reminder) if form is not None and form.is_bound]
    context = {
        "page": settings_page(request.user),
        "preferences": preferences or PreferencesForm(initial=preferences_initial(request.user)),
        "reminder": reminder or ReminderForm(initial=reminder_initial(request.user)),
        "faulty": bound[0] if bound else None,
    }
    status = HTTPStatus.BAD_REQUEST if bound else HTTPStatus.OK
    return render(request, "recovery/patient/settings.html", context, status=status)
