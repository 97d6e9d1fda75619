"""What the rules made of a day, and why."""

from rest_framework import serializers

from recovery.rules.decision import OUTCOMES


class Finding(serializers.Serializer):
    """What one rule found: the figures it read and the limits it compared."""

    rule = serializers.CharField()
    verdict = serializers.ChoiceField(choices=("decides", "met", "unmet", "noted"))
    figures = serializers.DictField()
    limits = serializers.DictField()


class Decision(serializers.Serializer):
    """A day's decision; phase and run level are those after it."""

    id = serializers.IntegerField()
    day = serializers.DateField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    phase = serializers.CharField()
    run_level = serializers.CharField(allow_null=True)
    from_phase = serializers.CharField()
    from_run_level = serializers.CharField(allow_null=True)
    rule = serializers.CharField(help_text="The rule that decided.")
    findings = Finding(many=True)
    notices = serializers.ListField(child=serializers.CharField())


class DecisionInFull(Decision):
    """A decision with what it was made from."""

    episode = serializers.UUIDField()
    check_in = serializers.UUIDField(allow_null=True)
    plan = serializers.CharField()
    plan_version = serializers.IntegerField()
    rules_version = serializers.CharField()
    decided_at = serializers.DateTimeField()
