"""By which ways a patient is reminded; at least one as long as they want to be."""

from datetime import datetime

from django.db import transaction

from recovery.channels import web_push
from recovery.models import Device

from . import email_standing, reminders
from .refusals import Refused


@transaction.atomic
def keep(patient, wish: dict, by_email: bool, now: datetime) -> None:
    """Keeps a wish and whether routine letters come by e-mail; raises Refused when nothing would reach the patient."""
    if wish["is_on"] and not by_email and not is_notified(patient):
        raise Refused("no_way_to_reach", "by_email")
    reminders.change(patient, **wish, now=now)
    if by_email:
        email_standing.subscribe(patient)
    else:
        email_standing.unsubscribe(patient, now)


def is_notified(patient) -> bool:
    """Whether a device of theirs takes notifications."""
    return web_push.is_on() and Device.objects.of(patient).exists()
