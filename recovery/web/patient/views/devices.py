"""Notifications on this device: switched on by a script that asks the browser, listed and removed by anybody."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from recovery.services import devices
from recovery.services.refusals import Refused
from recovery.web.access import patient_required

from ..answers import say, see_other
from ..device_names import name_of
from ..forms.settings import DeviceForm
from .settings import show


@never_cache
@patient_required
@require_POST
def add(request):
    """Notifies this person on the browser that posted."""
    form = DeviceForm(request.POST)
    if not (form.is_valid() and _added(request, form)):
        return show(request, device=form)
    say(request, "notified_here")
    return see_other("patient:settings")


def _added(request, form: DeviceForm) -> bool:
    try:
        name = name_of(request.headers.get("User-Agent", ""))
        devices.add(request.user, **form.cleaned_data, name=name, now=timezone.now())
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


@never_cache
@patient_required
@require_POST
def remove(request, device_id):
    """No more notifications on one device."""
    if not devices.remove(request.user, device_id):
        raise Http404
    say(request, "saved")
    return see_other("patient:settings")
