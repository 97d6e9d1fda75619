"""What a check-in tells only now and then; all of it may be left out."""

from rest_framework import serializers

from recovery.rules.facts import SessionFact
from recovery.rules.rotation import (
    FARTHEST_RUN,
    LONGEST_RUN,
    NO_DETAILS,
    SHOES,
    SIDES,
    STIFFNESS,
    SURFACES,
    Rotating,
    RunDetails,
)

from ..fields import OneOf, Points, Whole, YesNo
from .strict import Strict

MAYBE = {"allow_null": True, "default": None}


class RunAnswers(Strict):
    """A run, in minutes and metres; shoes are the same as last time, or new."""

    minutes = Whole(min_value=1, max_value=LONGEST_RUN, **MAYBE)
    metres = Whole(min_value=1, max_value=FARTHEST_RUN, **MAYBE)
    surface = OneOf(choices=SURFACES, **MAYBE)
    hills = YesNo(**MAYBE)
    shoes = OneOf(choices=SHOES, **MAYBE)


class RotatingFields(Strict):
    """Sleep and activity are 0 to 10, higher is better; stiffness is how long it lasted in the morning."""

    stiffness = OneOf(choices=STIFFNESS, help_text="Minutes.", **MAYBE)
    sleep = Points(**MAYBE)
    activity = Points(help_text="How well the activity you miss most goes.", **MAYBE)
    sides = OneOf(choices=SIDES, help_text="Which side felt weaker or tighter.", **MAYBE)
    run = RunAnswers(**MAYBE)

    def rotating(self, session: SessionFact) -> Rotating:
        """The answers as the service takes them; raises InvalidFact for a run beside no session."""
        values = {name: self.validated_data[name] for name in RotatingFields().fields}
        told = values.pop("run")
        return Rotating(**values, run=RunDetails(**told) if told else NO_DETAILS).of(session)


class Run(serializers.Serializer):
    """A run as it was told."""

    minutes = serializers.IntegerField(allow_null=True)
    metres = serializers.IntegerField(allow_null=True)
    surface = serializers.ChoiceField(choices=SURFACES, allow_null=True)
    hills = serializers.BooleanField(allow_null=True)
    shoes = serializers.ChoiceField(choices=SHOES, allow_null=True)


class RotatingShape(serializers.Serializer):
    """What was answered of these; null where nothing was."""

    stiffness = serializers.ChoiceField(choices=STIFFNESS, allow_null=True)
    sleep = Points(allow_null=True)
    activity = Points(allow_null=True)
    sides = serializers.ChoiceField(choices=SIDES, allow_null=True)
    run = Run(allow_null=True)
