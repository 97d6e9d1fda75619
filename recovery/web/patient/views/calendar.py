"""The calendar link in the settings: made or renewed, and taken back."""

from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from recovery.services import calendars
from recovery.web.access import patient_required

from ..answers import say, see_other


@never_cache
@patient_required
@require_POST
def renew(request):
    """A new link; an older one is dead."""
    calendars.renew(request.user, timezone.now())
    say(request, "calendar_made")
    return see_other("patient:settings")


@never_cache
@patient_required
@require_POST
def revoke(request):
    """No link any more."""
    calendars.revoke(request.user)
    say(request, "saved")
    return see_other("patient:settings")
