"""The shape of every refusal."""

from rest_framework import serializers


class Problem(serializers.Serializer):
    """Why a request was refused."""

    type = serializers.CharField(help_text="A stable name of the problem, for programs.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="One sentence for the person.")
    fields = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text='JSON path of a field -> sentences, such as "session.pain".',
    )
    scope = serializers.CharField(required=False, help_text="What a program's key lacks.")
    stored = serializers.JSONField(required=False, help_text="What is stored already, in a conflict.")
