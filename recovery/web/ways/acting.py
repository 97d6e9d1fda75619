"""Giving and taking away a way to be reached; the doors of patients and of staff both act through here."""

from django.utils import timezone

from recovery.channels import sms, web_push
from recovery.models import Device
from recovery.services import devices, phone_numbers
from recovery.services.refusals import Refused
from recovery.web.patient.forms.fields import add_refusal

from .device_names import name_of


def ways_of(person) -> dict:
    """What the sections on notifications and text messages show: devices, the key, the number."""
    return {
        "devices": list(Device.objects.of(person)),
        "push_key": web_push.public_key() if web_push.is_on() else "",
        "phone": phone_numbers.number_of(person),
        "texts_are_offered": sms.is_on(),
    }


def is_added(request, form) -> bool:
    """Whether the browser that posted is notified from now on; otherwise the form says why not."""
    try:
        name = name_of(request.headers.get("User-Agent", ""))
        devices.add(request.user, **form.cleaned_data, name=name, now=timezone.now())
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


def is_done(form, act, person, given: str) -> bool:
    """Whether the service took a number or a code; otherwise the form says why not."""
    try:
        act(person, given, timezone.now())
    except Refused as refused:
        add_refusal(form, refused)
        return False
    return True
