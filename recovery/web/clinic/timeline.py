"""The page of everything that happened to one patient, and what of it is wanted."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.services.attention import DELIVERED_WITHIN
from recovery.services.timeline import EARLIEST, LATEST, Mark, portion
from recovery.web.limit_words import named

from .doors import clinic_page, find_episode

DAY = forms.DateInput(attrs={"type": "date"})
WITHIN = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
NAMES = {
    "check_in": _("Check-ins"),
    "correction": _("Corrections"),
    "decision": _("Decisions"),
    "session": _("Sessions"),
    "notice": _("Notices"),
    "taken": _("Notices taken"),
    "closed": _("Notices closed"),
    "sent": _("What was sent"),
    "message": _("Messages"),
    "note": _("Private notes"),
    "override": _("Changes of phase"),
    "limit": _("Stricter limits"),
    "pause": _("Pauses"),
    "referral": _("Referrals"),
    "ending": _("The end of the plan"),
    "clearance": _("Clearances"),
    "gate": _("Run gate"),
    "readiness": _("Readiness lists"),
    "intake": _("Starting questions"),
}


class TimelineFilter(forms.Form):
    """What is wanted; anything unreadable counts as not asked."""

    kind = forms.MultipleChoiceField(
        required=False, choices=list(NAMES.items()), widget=forms.CheckboxSelectMultiple, label=_("What")
    )
    first = forms.DateField(required=False, label=_("From"), widget=DAY, validators=WITHIN)
    last = forms.DateField(required=False, label=_("To"), widget=DAY, validators=WITHIN)

    def asked(self) -> dict:
        """The readable wishes, by name."""
        self.is_valid()
        return self.cleaned_data


@never_cache
@clinic_page
@require_safe
def timeline(request, episode_id):
    """A portion of the timeline, with the way to the next."""
    episode = find_episode(request, episode_id)
    form = TimelineFilter(request.GET or None)
    asked = form.asked() if form.is_bound else {}
    before, zone = Mark.read(request.GET.get("before", "")), timezone.get_current_timezone()
    entries, following = portion(episode, request.user, asked, before, zone)
    named(entry.row for entry in entries if entry.kind == "limit")
    query = request.GET.copy()
    query["before"] = str(following)
    context = {
        "tab": "panel",
        "episode": episode,
        "form": form,
        "entries": entries,
        "next_query": query.urlencode() if following else "",
        "is_narrowed": any(asked.values()),
        "is_first": not request.GET.get("before"),
        "late_before": timezone.now() - DELIVERED_WITHIN,
    }
    return render(request, "recovery/clinic/timeline.html", context)
