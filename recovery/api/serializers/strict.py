"""Bodies that hold what they should and nothing else."""

from django.utils.translation import gettext as _
from rest_framework import serializers


class Strict(serializers.Serializer):
    """Refuses names it does not know: a mistyped answer must not vanish silently."""

    def to_internal_value(self, data):
        unknown = [name for name in data if name not in self.fields] if isinstance(data, dict) else []
        faults = {name: [_("There is no such field.")] for name in unknown}
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as refusal:
            raise serializers.ValidationError({**faults, **refusal.detail}) from refusal
        if faults:
            raise serializers.ValidationError(faults)
        return values
