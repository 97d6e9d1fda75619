"""Who needs a clinician, and why."""

from rest_framework import serializers

from recovery.services.attention import ORDER


class OpenEscalation(serializers.Serializer):
    """An escalation nobody has closed yet."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    urgency = serializers.CharField()
    status = serializers.CharField()
    day = serializers.DateField()
    raised_at = serializers.DateTimeField()
    figures = serializers.DictField()
    is_overdue = serializers.BooleanField()
    undelivered = serializers.BooleanField()
    acknowledged_by = serializers.CharField(allow_blank=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)


class PanelRow(serializers.Serializer):
    """One patient with the reason they stand where they stand."""

    episode_id = serializers.UUIDField()
    patient_name = serializers.CharField()
    attention = serializers.ChoiceField(choices=ORDER)
    reason_code = serializers.CharField()
    reason_figures = serializers.DictField()
    phase = serializers.CharField()
    phase_position = serializers.IntegerField()
    day_in_phase = serializers.IntegerField()
    run_level = serializers.CharField(allow_blank=True)
    last_check_in_on = serializers.DateField(allow_null=True)
    last_received_at = serializers.DateTimeField(allow_null=True)
    last_average = serializers.IntegerField(allow_null=True)
    days_silent = serializers.IntegerField()
    open_escalations = OpenEscalation(many=True)
    undelivered = serializers.BooleanField()
    spark = serializers.ListField(child=serializers.IntegerField(allow_null=True))


class PanelGroup(serializers.Serializer):
    """Patients of one attention, most pressing first."""

    attention = serializers.ChoiceField(choices=ORDER)
    count = serializers.IntegerField()
    rows = PanelRow(many=True)


class Panel(serializers.Serializer):
    """One page of the panel; counts and total are of everything found."""

    groups = PanelGroup(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    total = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
