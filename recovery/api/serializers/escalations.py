"""A human must look."""

from rest_framework import serializers

from recovery.models import Escalation as EscalationRow
from recovery.models import Resolution as ResolutionRow

from ..fields import OneOf, Text
from .episodes import LONGEST_NOTE, Person
from .strict import Strict


class Acknowledgement(serializers.Serializer):
    """Who took it."""

    by = Person()
    at = serializers.DateTimeField()
    note = serializers.CharField(allow_blank=True)


class Resolution(Acknowledgement):
    """How it ended."""

    outcome = serializers.ChoiceField(choices=ResolutionRow.Outcome.values)


class Escalation(serializers.Serializer):
    """One notice of one kind for one episode."""

    id = serializers.UUIDField()
    episode = serializers.UUIDField()
    patient = Person()
    code = serializers.CharField()
    urgency = serializers.ChoiceField(choices=EscalationRow.Urgency.values)
    day = serializers.DateField()
    figures = serializers.DictField()
    status = serializers.ChoiceField(choices=EscalationRow.Status.values)
    raised_at = serializers.DateTimeField()
    acknowledgement = Acknowledgement(allow_null=True)
    resolution = Resolution(allow_null=True)


class AcknowledgeBody(Strict):
    """I have seen this and take it."""

    note = Text(max_length=LONGEST_NOTE, allow_blank=True, default="")


class ResolveBody(Strict):
    """What was done."""

    outcome = OneOf(choices=ResolutionRow.Outcome.values)
    note = Text(max_length=LONGEST_NOTE)
