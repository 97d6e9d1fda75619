"""What the auditor found missing or late."""

from django.db import models
from django.db.models import Q

from accounts.models.fields import not_before

from .fields import one_of


class ShortfallKind(models.TextChoices):
    """What ought to be there and is not."""

    MISSING = "missing"  # the rules call for an escalation that does not exist
    UNTOLD = "untold"  # an escalation about which no message was written
    SILENCE = "silence"  # a silent episode that ought to have been judged
    STEP = "step"  # an escalation that ought to have gone to more people, or been shown again
    REMINDER = "reminder"  # a reminder that ought to have ended
    STUCK = "stuck"  # a delivery that is due, or whose claim ran out, and nobody takes it
    UNHEARD = "unheard"  # a message about safety that has not left for half an hour


class ShortfallQuerySet(models.QuerySet):
    """Reads of what still stands."""

    def standing(self):
        """Those not put right yet."""
        return self.filter(gone_at__isnull=True)


class Shortfall(models.Model):
    """One thing found missing or late; kept when it is put right, so that it can be read what went wrong when."""

    Kind = ShortfallKind

    kind = models.CharField(max_length=10, choices=Kind)
    about = models.CharField(max_length=100)
    episode = models.ForeignKey("Episode", models.PROTECT, related_name="+", null=True, blank=True)
    due_at = models.DateTimeField()
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = ShortfallQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"], condition=Q(gone_at__isnull=True), name="a_standing_shortfall_is_found_once"
            ),
            one_of("kind", ShortfallKind, "shortfall_has_a_known_kind"),
            not_before("gone_at", "found_at", "shortfall_goes_after_it_was_found"),
        ]
