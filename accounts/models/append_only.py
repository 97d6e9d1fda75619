"""History is added to, never edited."""

from django.db import models


class AppendOnlyError(RuntimeError):
    """Raised when code tries to change or delete a row of history."""


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses bulk edits; rows are only ever added."""

    def update(self, **changes):
        raise AppendOnlyError(f"{self.model.__name__} rows are history: add a new row instead of editing one.")

    def delete(self):
        raise AppendOnlyError(f"{self.model.__name__} rows are history: they are not deleted.")

    def bulk_update(self, *args, **options):
        return self.update()


class AppendOnly(models.Model):
    """A row that is written once and never changed or deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **options):
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are history: add a new row instead of editing one.")
        super().save(*args, **options)

    def delete(self, *args, **options):
        raise AppendOnlyError(f"{type(self).__name__} rows are history: they are not deleted.")
