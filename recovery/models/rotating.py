"""What a check-in asks only now and then; the rules do not read it."""

from django.db import models
from django.db.models import Q

from recovery.rules.rotation import FARTHEST_RUN, LONGEST_RUN, SHOES, SIDES, STIFFNESS, SURFACES

from .fields import points, within_0_to_10


class RotatingAnswers(models.Model):
    """The columns of a check-in for what is asked weekly, twice a week or after a run; each may be empty."""

    stiffness = models.CharField(max_length=10, blank=True)
    sleep = points(null=True, blank=True)
    activity = points(null=True, blank=True)
    sides = models.CharField(max_length=5, blank=True)
    run_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    run_metres = models.PositiveIntegerField(null=True, blank=True)
    run_surface = models.CharField(max_length=10, blank=True)
    run_hills = models.BooleanField(null=True, blank=True)
    run_shoes = models.CharField(max_length=4, blank=True)

    class Meta:
        abstract = True

    @property
    def tells_of_a_run(self) -> bool:
        """Whether anything was told about a run."""
        told = (self.run_minutes, self.run_metres, self.run_surface, self.run_hills, self.run_shoes)
        return any(value not in (None, "") for value in told)

    @property
    def run_km(self) -> float | None:
        """The length of the run in kilometres, if it was told."""
        return None if self.run_metres is None else round(self.run_metres / 1000, 2)


def _between(field: str, most: int, name: str) -> models.CheckConstraint:
    allowed = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 1, f"{field}__lte": most})
    return models.CheckConstraint(condition=allowed, name=name)


def _known(field: str, allowed: tuple[str, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": ["", *allowed]}), name=name)


NO_RUN = Q(run_minutes__isnull=True, run_metres__isnull=True, run_hills__isnull=True, run_surface="", run_shoes="")
CONSTRAINTS = [
    within_0_to_10("sleep", "sleep_is_0_to_10"),
    within_0_to_10("activity", "activity_is_0_to_10"),
    _known("stiffness", STIFFNESS, "stiffness_is_a_known_span"),
    _known("sides", SIDES, "sides_are_none_left_or_right"),
    _known("run_surface", SURFACES, "a_run_is_on_a_known_surface"),
    _known("run_shoes", SHOES, "shoes_are_the_same_or_new"),
    _between("run_minutes", LONGEST_RUN, "a_run_has_a_length_in_minutes"),
    _between("run_metres", FARTHEST_RUN, "a_run_has_a_length_in_metres"),
    models.CheckConstraint(
        condition=NO_RUN | Q(session_status__in=["done", "part"]), name="only_a_session_that_happened_was_a_run"
    ),
]
