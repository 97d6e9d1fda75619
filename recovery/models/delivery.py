"""One way a message may leave, and every attempt made."""

from django.db import models
from django.db.models import Q

from .append_only import AppendOnlyError
from .fields import one_of
from .leased import Leased

WAITING = ("due", "claimed")


class DeliveryState(models.TextChoices):
    """Where a delivery is on its way; the last four are ends."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    LAPSED = "lapsed"
    WITHHELD = "withheld"


class Channel(models.TextChoices):
    """The ways out of this house."""

    EMAIL = "email"
    PUSH = "push"
    SMS = "sms"


class DeliveryQuerySet(models.QuerySet):
    """Reads of the line of those waiting."""

    def waiting(self):
        """Those that have not come to an end."""
        return self.filter(state__in=WAITING)

    def due_by(self, now):
        """Those nobody has taken yet whose time has come."""
        return self.filter(state="due", due_at__lte=now)


class Delivery(Leased):
    """A message on one channel to one endpoint, claimed by one sender at a time.

    An e-mail and a text message have no endpoint of their own: the person's present address counts when it is sent.
    """

    State = DeliveryState
    Channel = Channel

    message = models.ForeignKey("OutboxMessage", models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    endpoint = models.CharField(max_length=64, blank=True)
    priority = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    reason = models.CharField(max_length=40, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    provider_ref = models.CharField(max_length=120, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel", "endpoint"], name="a_message_goes_once_to_each_endpoint"
            ),
            one_of("state", DeliveryState, "delivery_has_a_known_state"),
            one_of("channel", Channel, "delivery_has_a_known_channel"),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, ended_at__isnull=True)
                | (~Q(state__in=WAITING) & Q(ended_at__isnull=False)),
                name="ended_delivery_says_when",
            ),
            models.CheckConstraint(condition=~Q(state="withheld") | ~Q(reason=""), name="withheld_delivery_says_why"),
            models.CheckConstraint(
                condition=~Q(state="claimed") | Q(lease_until__isnull=False), name="a_claim_has_an_end"
            ),
        ]
        indexes = [
            models.Index(
                fields=["priority", "due_at"],
                condition=Q(state__in=["due", "claimed"]),
                name="deliveries_waiting_to_leave",
            ),
            models.Index(
                fields=["not_after"],
                condition=Q(state__in=["due", "claimed"], not_after__isnull=False),
                name="deliveries_that_may_lapse",
            ),
        ]


class AttemptQuerySet(models.QuerySet):
    """Attempts are added and finished once, never edited."""

    def update(self, **changes):
        raise AppendOnlyError("Attempt rows are history: finish one, or add a new one.")

    def delete(self):
        raise AppendOnlyError("Attempt rows are history: they are not deleted.")

    def finish(self, delivery: Delivery, at, outcome: str) -> int:
        """Says how the attempt under the delivery's present claim went; one already finished stays as it is."""
        mine = self.filter(delivery=delivery.pk, epoch=delivery.epoch, finished_at__isnull=True)
        return super(AttemptQuerySet, mine).update(finished_at=at, outcome=outcome[:200])


class Attempt(models.Model):
    """One try, written before anything leaves; without an end nobody knows how it went."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    epoch = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "epoch"], name="one_attempt_per_claim"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, outcome="") | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="a_finished_attempt_says_how_it_went",
            ),
        ]
