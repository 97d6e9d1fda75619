"""The movements of a plan version, and how much of each belongs to a phase."""

from django.db import models
from django.db.models import Q

from .fields import one_of
from .plan import Phase, PlanPart, PlanVersion


class ExerciseSides(models.TextChoices):
    """Whether left and right are trained apart."""

    NONE = "none"
    BOTH = "both"
    ALTERNATE = "alternate"


class Exercise(PlanPart):
    """A movement in the library of one plan version."""

    Sides = ExerciseSides

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="exercises")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    how = models.TextField()
    progress = models.TextField(blank=True)
    regress = models.TextField(blank=True)
    cues = models.JSONField(default=list)
    stops = models.JSONField(default=list)
    cautions = models.JSONField(default=list)
    equipment = models.JSONField(default=list)
    sides = models.CharField(max_length=10, choices=Sides, default=Sides.NONE)
    source = models.CharField(max_length=120)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="an_exercise_stands_once_in_a_version"),
            one_of("sides", ExerciseSides, "exercise_says_which_sides"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(source=""), name="exercise_has_name_and_source"),
        ]

    def __str__(self):
        return self.name


class PrescribedExercise(PlanPart):
    """How much of a movement belongs to a phase, and on which days."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="prescriptions")
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="prescriptions")
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="prescriptions")
    position = models.PositiveSmallIntegerField()
    is_focus = models.BooleanField(default=False)
    weekdays = models.JSONField(default=list)
    dose = models.JSONField(default=dict)

    class Meta:
        ordering = ["phase", "position"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "position"], name="prescriptions_stand_in_order"),
            models.UniqueConstraint(fields=["phase", "exercise"], name="an_exercise_is_prescribed_once_per_phase"),
        ]
