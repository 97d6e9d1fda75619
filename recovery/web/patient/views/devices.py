"""Notifications on this device: switched on by a script that asks the browser, listed and removed by anybody."""

from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from recovery.services import devices
from recovery.web.access import patient_required
from recovery.web.ways.acting import is_added
from recovery.web.ways.forms import DeviceForm

from ..answers import say, see_other
from .settings import show


@never_cache
@patient_required
@require_POST
def add(request):
    """Notifies this person on the browser that posted."""
    form = DeviceForm(request.POST)
    if not (form.is_valid() and is_added(request, form)):
        return show(request, device=form)
    say(request, "notified_here")
    return see_other("patient:settings")


@never_cache
@patient_required
@require_POST
def remove(request, device_id):
    """No more notifications on one device."""
    if not devices.remove(request.user, device_id):
        raise Http404
    say(request, "saved")
    return see_other("patient:settings")
