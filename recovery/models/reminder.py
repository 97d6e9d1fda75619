"""When to ask a patient to check in."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q

from .fields import both_or_neither, one_of


def every_day() -> list[int]:
    """Monday 0 to Sunday 6."""
    return list(range(7))


class ReminderSetting(models.Model):
    """A patient's own wish: when to be asked, how often at most, and when never.

    Quiet hours, the cap and the pause hold back routine messages, never one about safety.
    """

    patient = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="reminder_setting"
    )
    is_on = models.BooleanField(default=True)
    at = models.TimeField(default=time(19, 0))
    weekdays = models.JSONField(default=every_day)
    quiet_from = models.TimeField(default=time(22, 0), null=True, blank=True)
    quiet_until = models.TimeField(default=time(6, 0), null=True, blank=True)
    is_repeated = models.BooleanField(default=False)
    daily_cap = models.PositiveSmallIntegerField(default=2)
    paused_until = models.DateField(null=True, blank=True)
    declined_zone = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            both_or_neither("quiet_from", "quiet_until", "quiet_hours_have_two_ends"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True) | ~Q(quiet_from=models.F("quiet_until")),
                name="quiet_hours_last_some_time",
            ),
            models.CheckConstraint(condition=Q(daily_cap__gte=1, daily_cap__lte=5), name="one_to_five_messages_a_day"),
        ]


class ReminderState(models.TextChoices):
    """Where a reminder is; all but due are ends."""

    DUE = "due"
    SENT = "sent"
    WITHHELD = "withheld"
    LAPSED = "lapsed"


class Reminder(models.Model):
    """One nudge for one local day; due at a UTC instant, and ended exactly once."""

    State = ReminderState

    episode = models.ForeignKey("Episode", models.PROTECT, related_name="reminders")
    slot = models.CharField(max_length=12, default="daily")
    local_date = models.DateField()
    due_at = models.DateTimeField()
    not_after = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    reason = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "slot", "local_date"], name="one_reminder_per_episode_slot_and_day"
            ),
            one_of("state", ReminderState, "reminder_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(not_after__gt=models.F("due_at")), name="reminder_lapses_after_it_is_due"
            ),
            models.CheckConstraint(
                condition=Q(state="due", ended_at__isnull=True) | (~Q(state="due") & Q(ended_at__isnull=False)),
                name="ended_reminder_says_when",
            ),
            models.CheckConstraint(condition=~Q(state="withheld") | ~Q(reason=""), name="withheld_reminder_says_why"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="due"), name="due_reminders_by_instant")]
