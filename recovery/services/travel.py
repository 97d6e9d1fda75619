"""A patient in another time zone: what their phone says is offered, never taken over unasked."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models.fields import known_time_zones
from accounts.services.preferences import change_preferences
from recovery.models import CheckIn, ReminderSetting

from . import reminders
from .refusals import Refused
from .wishes import setting_of


def offered_zone(patient, now: datetime, latest: CheckIn | None = None) -> str:
    """The zone of the latest check-in if its clocks differ from the patient's now, unless they said no; else empty.

    `latest` is the latest check-in when the caller has it.
    """
    latest = latest or CheckIn.objects.filter(episode__patient=patient).order_by("received_at").last()
    if latest is None or latest.time_zone not in known_time_zones():
        return ""
    here, there = now.astimezone(patient.zone), now.astimezone(ZoneInfo(latest.time_zone))
    if here.utcoffset() == there.utcoffset() or setting_of(patient).declined_zone == latest.time_zone:
        return ""
    return latest.time_zone


@transaction.atomic
def change(patient, now: datetime, **chosen: str) -> None:
    """Keeps a person's choices; in another zone the next reminder comes at another instant, in the same transaction."""
    has_moved = chosen.get("time_zone", patient.time_zone) != patient.time_zone
    change_preferences(patient, **chosen)
    if has_moved:
        ReminderSetting.objects.filter(patient=patient).update(declined_zone="")
        reminders.follow(patient, now)


def move(patient, zone: str, now: datetime) -> None:
    """From now on the patient lives by this zone's clocks."""
    _check(zone)
    change(patient, now, time_zone=zone)


@transaction.atomic
def stay(patient, zone: str) -> None:
    """The patient keeps their own clocks while in this zone; it is not offered again."""
    _check(zone)
    ReminderSetting.objects.update_or_create(patient=patient, defaults={"declined_zone": zone})


def _check(zone: str) -> None:
    if zone not in known_time_zones():
        raise Refused("unknown_zone", "time_zone")
