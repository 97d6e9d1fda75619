"""The alert load of a clinic: what raised alerts, who took them and how fast, and what a tried change would do."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Clinic
from recovery.rules.red_flags import FLAGS
from recovery.services.alert_load import MOST_BACK, load_of, tried_for
from recovery.web import rule_words

from .doors import clinic_page

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WARNING_SIGN = "stop"  # what a back-test calls any warning sign


@never_cache
@clinic_page
@require_safe
def show(request):
    """One week; figures alone, and nobody's diary."""
    if not Clinic.objects.of_staff(request.user).exists():
        return render(request, "recovery/clinic/no_clinic.html", {"tab": "day"})
    back = _back(request.GET.get("back", ""))
    load = load_of(request.user, timezone.now(), back)
    context = {
        "tab": "day",
        "load": load,
        "kinds": [(kind, title_of(kind.code), duration(kind.median)) for kind in load.kinds],
        "people": [(person, duration(person.median)) for person in load.people],
        "tried": [(one, [(row, title_of(row["code"])) for row in one.codes]) for one in tried_for(request.user)],
        "earlier": min(back + 1, MOST_BACK),
        "later": back - 1,
    }
    return render(request, "recovery/clinic/alerts/show.html", context)


def title_of(code: str) -> str:
    """A kind of alert in words; empty for what a back-test calls any warning sign."""
    if code == WARNING_SIGN:
        return ""
    return rule_words.of_flag(code, "clinician") if code in FLAGS or code[:2] == "CA" else _notice(code)


def _notice(code: str) -> str:
    return rule_words.of_notice(code, "title")


def duration(time: timedelta | None) -> str:
    """A span in its largest unit: minutes, hours or days; empty when there is none."""
    if time is None:
        return ""
    if time < HOUR:
        minutes = round(time.total_seconds() / 60)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if time < 2 * DAY:
        hours = round(time / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(time / DAY)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _back(asked: str) -> int:
    return min(int(asked), MOST_BACK) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
