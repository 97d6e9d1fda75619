"""Rows that one worker at a time works on."""

from django.db import models


class Leased(models.Model):
    """The claim on a row; one of a dead worker runs out.

    `epoch` counts the claims. A lease ends by the machine's own uptime, `lease_ends_up` seconds after the boot
    `lease_boot`, which nobody can set; another machine judges it by the wall clock, `lease_until`.
    """

    epoch = models.PositiveIntegerField(default=0)
    lease_boot = models.CharField(max_length=40, blank=True)
    lease_ends_up = models.FloatField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
