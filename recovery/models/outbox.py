"""Messages waiting to leave, and the ledger of those that did."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .fields import one_of


class OutboxMessageState(models.TextChoices):
    """Where a message is on its way; the last four are ends."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    LAPSED = "lapsed"
    WITHHELD = "withheld"


class OutboxMessage(models.Model):
    """One message to one person, written in the transaction of the fact it tells."""

    State = OutboxMessageState

    class Priority(models.IntegerChoices):
        SAFETY = 0
        ACCOUNT = 1
        ROUTINE = 2

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.ROUTINE)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    address = models.EmailField(blank=True)
    episode = models.ForeignKey("Episode", models.PROTECT, related_name="messages", null=True, blank=True)
    escalation = models.ForeignKey(
        "Escalation", models.PROTECT, related_name="messages", null=True, blank=True
    )
    reminder = models.OneToOneField("Reminder", models.PROTECT, related_name="message", null=True, blank=True)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    epoch = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="a_fact_is_told_once"),
            one_of("state", OutboxMessageState, "message_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | ~Q(address=""), name="message_has_somebody_to_go_to"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["due", "claimed"], ended_at__isnull=True)
                | Q(state__in=["sent", "failed", "lapsed", "withheld"], ended_at__isnull=False),
                name="ended_message_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld") | ~Q(reason=""), name="withheld_message_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(priority=0) | Q(not_after__isnull=True), name="a_safety_message_never_lapses"
            ),
        ]
        indexes = [
            models.Index(
                fields=["priority", "due_at"],
                condition=Q(state__in=["due", "claimed"]),
                name="messages_waiting_to_leave",
            ),
            models.Index(fields=["recipient", "-created_at"], name="messages_by_recipient"),
        ]


class Heartbeat(models.Model):
    """When a process last showed it was alive."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
