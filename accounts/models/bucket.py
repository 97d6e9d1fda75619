"""How many tries somebody has left: one number for each thing that is guessed at."""

from django.db import models


class Bucket(models.Model):
    """A bucket of tokens that fills up steadily; every try takes one.

    `full_at` is when it will be full again, in microseconds since 1970: the one number that says how many are left.
    """

    key = models.CharField(max_length=64, primary_key=True)
    full_at = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = "bucket"

    def __str__(self):
        return self.key[:8]
