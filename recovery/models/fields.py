"""Columns and constraints that several tables share."""

from django.db import models
from django.db.models import Q

from accounts.models.fields import both_or_neither, one_of

__all__ = ["both_or_neither", "one_of", "points", "within_0_to_10"]


def points(**options):
    """A whole number from 0 to 10, as a person tapped it."""
    return models.PositiveSmallIntegerField(**options)


def within_0_to_10(field: str, name: str) -> models.CheckConstraint:
    """The named field is empty or from 0 to 10."""
    allowed = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 10})
    return models.CheckConstraint(condition=allowed, name=name)
