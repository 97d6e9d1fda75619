"""What holds back a routine message to a patient: their pause, their quiet hours, their cap for a day.

Messages about safety or the account are never held back, and nothing here delays an evaluation.
"""

from datetime import datetime

from django.db.models import Q

from recovery.models import OutboxMessage, ReminderSetting
from recovery.rules.reminders import DAY_STARTS_AT, instant_of, local_day
from recovery.rules.wishes import quiet_until

from .wishes import is_paused, quiet_hours_of

CAME_TO_NOTHING = ("withheld", "lapsed", "failed")


def reason(message: OutboxMessage, now: datetime) -> str:
    """Why a routine message must not go at all: paused, budget, or an empty string."""
    person = _patient_of(message)
    if person is None:
        return ""
    setting = _setting_of(person)
    if is_paused(setting, local_day(now, person.zone)):
        return "paused"
    before = Q(created_at__lt=message.created_at) | Q(created_at=message.created_at, pk__lt=message.pk)
    is_over = _of_the_day(person, message.created_at).filter(before).count() >= setting.daily_cap
    return "budget" if is_over else ""


def quiet_until_for(message: OutboxMessage, now: datetime) -> datetime | None:
    """When the recipient's quiet hours end, if a routine message meets them now."""
    person = _patient_of(message)
    return quiet_until(now, person.zone, quiet_hours_of(_setting_of(person))) if person else None


def is_full(person, now: datetime) -> bool:
    """Whether today's cap of routine messages is used up."""
    return _of_the_day(person, now).count() >= _setting_of(person).daily_cap


def _patient_of(message: OutboxMessage):
    """The patient a routine message goes to; None for messages that never wait."""
    person = message.recipient
    is_routine = message.priority == OutboxMessage.Priority.ROUTINE
    return person if person is not None and person.is_patient and is_routine else None


def _of_the_day(person, at: datetime):
    """Routine messages to a person on the local day of an instant that went out or still may."""
    starts = instant_of(local_day(at, person.zone), DAY_STARTS_AT, person.zone)
    routine = OutboxMessage.objects.of(person).filter(priority=OutboxMessage.Priority.ROUTINE)
    return routine.filter(created_at__gte=starts).exclude(state__in=CAME_TO_NOTHING).order_by()


def _setting_of(person) -> ReminderSetting:
    return getattr(person, "reminder_setting", None) or ReminderSetting(patient=person)
