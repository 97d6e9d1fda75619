"""A device or a number of somebody of the staff: given, proved, taken away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from recovery.services import devices, phone_numbers
from recovery.web.access import staff_required
from recovery.web.ways.acting import is_added, is_done
from recovery.web.ways.forms import CodeForm, DeviceForm, NumberForm

from .page import page


def _door(view):
    return never_cache(staff_required(require_POST(view)))


@_door
def add_device(request):
    """Notifies this person on the browser that posted."""
    form = DeviceForm(request.POST)
    if not (form.is_valid() and is_added(request, form)):
        return page(request, device=form)
    return _back(request, _("This device is notified from now on."))


@_door
def remove_device(request, device_id):
    """No more notifications on one device."""
    if not devices.remove(request.user, device_id):
        raise Http404
    return _back(request, _("Saved."))


@_door
def give_number(request):
    """Sends a code to the number given."""
    form = NumberForm(request.POST)
    if not (form.is_valid() and is_done(form, phone_numbers.ask, request.user, form.cleaned_data["number"])):
        return page(request, number=form)
    return _back(request, _("A code is on its way. Type it below."))


@_door
def prove_number(request):
    """Takes the code."""
    form = CodeForm(request.POST)
    if not (form.is_valid() and is_done(form, phone_numbers.prove, request.user, form.cleaned_data["code"])):
        return page(request, code=form)
    return _back(request, _("Saved."))


@_door
def remove_number(request):
    """No more text messages."""
    phone_numbers.remove(request.user)
    return _back(request, _("Saved."))


def _back(request, words: str):
    messages.success(request, words)
    return redirect("reach:show")
