"""Who asked to be forgotten: an id that belongs to nobody any more, so that a restored backup forgets them again."""

from django.db import models

from .append_only import AppendOnly


class Erasure(AppendOnly):
    """One account that was erased."""

    subject = models.UUIDField(primary_key=True)
    erased_at = models.DateTimeField()

    class Meta:
        ordering = ["erased_at"]
