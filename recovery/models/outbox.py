"""Messages waiting to leave, and the ledger of those that did."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .delivery import WAITING, DeliveryState
from .fields import one_of

KEYS = uuid.UUID("4a0f2a52-9f3e-5f37-9d0a-0f6f7f2f0c11")  # the namespace in which a message's key becomes its id


def id_of(key: str) -> uuid.UUID:
    """The id of the message with this key; the same after a restore, so a copy can be recognised."""
    return uuid.uuid5(KEYS, key)


class OutboxMessageQuerySet(models.QuerySet):
    """Reads that start from the person asking."""

    def of(self, person):
        """A person's own ledger: everything addressed to them."""
        return self.filter(recipient=person)

    def about(self, episode):
        """Everything sent about one episode, to whomever."""
        return self.filter(episode=episode)

    def waiting(self):
        """Those that have not come to an end."""
        return self.filter(state__in=WAITING)


class OutboxMessage(models.Model):
    """One message to one person, written in the transaction of the fact it tells.

    It is sent once one of its deliveries is; it fails, lapses or is withheld when none can be sent any more.
    """

    State = DeliveryState

    class Priority(models.IntegerChoices):
        SAFETY = 0
        ACCOUNT = 1
        ROUTINE = 2

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.ROUTINE)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    address = models.EmailField(blank=True)
    episode = models.ForeignKey("Episode", models.PROTECT, related_name="messages", null=True, blank=True)
    escalation = models.ForeignKey("Escalation", models.PROTECT, related_name="messages", null=True, blank=True)
    reminder = models.OneToOneField("Reminder", models.PROTECT, related_name="message", null=True, blank=True)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="a_fact_is_told_once"),
            one_of("state", DeliveryState, "message_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | ~Q(address=""), name="message_has_somebody_to_go_to"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["due", "claimed"], ended_at__isnull=True)
                | Q(state__in=["sent", "failed", "lapsed", "withheld"], ended_at__isnull=False),
                name="ended_message_says_when",
            ),
            models.CheckConstraint(condition=~Q(state="withheld") | ~Q(reason=""), name="withheld_message_says_why"),
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
