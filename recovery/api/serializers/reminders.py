"""When to ask a patient to check in, and what became of each reminder and message."""

from rest_framework import serializers

from recovery.models import OutboxMessage
from recovery.models import Reminder as ReminderRow

from ..fields import Day, LocalTime, Whole, YesNo
from .strict import Strict


class Setting(serializers.Serializer):
    """The patient's own wish; weekdays count from Monday 0 to Sunday 6."""

    is_on = serializers.BooleanField()
    at = serializers.CharField(help_text="Local time, such as 19:00.")
    weekdays = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6))
    quiet_from = serializers.CharField(allow_null=True, help_text="Local time, such as 22:00; null for no quiet hours.")
    quiet_until = serializers.CharField(allow_null=True, help_text="Local time, such as 06:00.")
    is_repeated = serializers.BooleanField(help_text="A second reminder two hours later, while there is no check-in.")
    daily_cap = serializers.IntegerField(min_value=1, max_value=5, help_text="Routine messages a day, at most.")
    paused_until = serializers.DateField(allow_null=True, help_text="No reminder before this local day.")


class SettingBody(Strict):
    """The whole wish again; of the later five, what is left out stays as it was."""

    is_on = YesNo()
    at = LocalTime()
    weekdays = serializers.ListField(child=Whole(min_value=0, max_value=6), max_length=7)
    quiet_from = LocalTime(required=False, allow_null=True)
    quiet_until = LocalTime(required=False, allow_null=True)
    is_repeated = YesNo(required=False)
    daily_cap = Whole(required=False, min_value=1, max_value=5)
    paused_until = Day(required=False, allow_null=True)


class Reminder(serializers.Serializer):
    """One nudge for one local day, and how it ended."""

    day = serializers.DateField()
    state = serializers.ChoiceField(choices=ReminderRow.State.values)
    reason = serializers.CharField(allow_blank=True)
    due_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class Reminders(serializers.Serializer):
    """The wish, the reminder that comes next, and a page of those that ended."""

    setting = Setting()
    coming = Reminder(allow_null=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = Reminder(many=True)


class Message(serializers.Serializer):
    """One message of the ledger: when it was due, how it ended and why."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=OutboxMessage.State.values)
    reason = serializers.CharField(allow_blank=True)
    due_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
