"""Movements, and how much of them."""

from rest_framework import serializers


class Prescription(serializers.Serializer):
    """How much of a movement belongs to a phase, and on which days."""

    phase = serializers.CharField()
    focus = serializers.BooleanField()
    days = serializers.ListField(child=serializers.CharField(), help_text="Nothing means every day.")
    dose = serializers.DictField()


class ExerciseInBrief(serializers.Serializer):
    """A movement of one plan version."""

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    sides = serializers.CharField()


class Exercise(ExerciseInBrief):
    """A movement with everything one needs to know to do it."""

    how = serializers.CharField()
    progress = serializers.CharField(allow_blank=True)
    regress = serializers.CharField(allow_blank=True)
    cues = serializers.ListField()
    stops = serializers.ListField()
    cautions = serializers.ListField()
    equipment = serializers.ListField()
    source = serializers.CharField()
    prescriptions = Prescription(many=True)


class PrescribedToday(ExerciseInBrief):
    """What there is to do today."""

    focus = serializers.BooleanField()
    cues = serializers.ListField()
    dose = serializers.DictField()


class RunSession(serializers.Serializer):
    """The walk-run session of the current level, in minutes."""

    level = serializers.CharField()
    sets = serializers.ListField(child=serializers.DictField())
    run_minutes = serializers.FloatField()
    pickups = serializers.IntegerField()
