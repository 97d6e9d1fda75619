"""One spell of trouble, and what may be written about it."""

from rest_framework import serializers

from recovery.models import Clearance as ClearanceRow

from ..fields import Day, OneOf, Text
from .decisions import Finding
from .exercises import PrescribedToday, RunSession
from .strict import Strict

LONGEST_NOTE = 2000


class Person(serializers.Serializer):
    """Somebody, as others see them."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class Episode(serializers.Serializer):
    """From intake to discharge; the phase is the one after the latest decision."""

    id = serializers.UUIDField()
    patient = Person()
    plan = serializers.CharField()
    plan_version = serializers.IntegerField()
    onset_on = serializers.DateField()
    started_on = serializers.DateField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    close_reason = serializers.CharField(allow_blank=True)
    phase = serializers.CharField()
    phase_entered_on = serializers.DateField()
    day_in_phase = serializers.IntegerField(help_text="The day of entry is 1.")
    run_level = serializers.CharField(allow_null=True)
    stopped = serializers.BooleanField()
    stopped_on = serializers.DateField(allow_null=True)
    awaiting_intake = serializers.BooleanField()
    last_check_in_on = serializers.DateField(allow_null=True)


class Outlook(serializers.Serializer):
    """What would move the patient on."""

    criteria = Finding(many=True)
    earliest = serializers.DateField(allow_null=True)
    blocked_by = serializers.CharField(allow_null=True)


class Override(serializers.Serializer):
    """A clinician's departure from the rules."""

    phase = serializers.CharField()
    run_level = serializers.CharField(allow_null=True)
    reason = serializers.CharField()
    starts_on = serializers.DateField()
    expires_on = serializers.DateField()
    withdrawn_on = serializers.DateField(allow_null=True)


class CurrentEpisode(Episode):
    """Where the patient stands today, and what there is to do."""

    today = serializers.DateField()
    exercises = PrescribedToday(many=True, help_text="Nothing while the plan is stopped or waits for an intake.")
    run_session = RunSession(allow_null=True, help_text="Nothing on days without running.")
    run_free_until = serializers.DateField(allow_null=True)
    cautions = serializers.ListField(child=serializers.CharField())
    override = Override(allow_null=True)
    outlook = Outlook(allow_null=True)


class OverrideBody(Strict):
    """Another phase for a while; the patient reads the reason."""

    phase = Text(max_length=40)
    run_level = Text(max_length=4, allow_null=True, allow_blank=True, default=None)
    reason = Text(max_length=LONGEST_NOTE)
    expires_on = Day()


class ClearanceBody(Strict):
    """A professional has looked at the warning sign."""

    profession = OneOf(choices=ClearanceRow.Profession.values)
    assessed_on = Day()
    note = Text(max_length=LONGEST_NOTE, allow_blank=True, default="")


class Clearance(serializers.Serializer):
    """Who looked at the warning sign, and when."""

    day = serializers.DateField()
    assessed_on = serializers.DateField()
    profession = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    recorded_by = Person()
    recorded_at = serializers.DateTimeField()
