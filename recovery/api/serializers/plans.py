"""Plans as clinicians read and admins edit them."""

from rest_framework import serializers

from recovery.rules.facts import PHASES

from ..fields import Day, Whole
from .strict import Strict

LARGEST_REVISION = 2_147_483_647
RUNNING = ("stay", "next_phase", "now")


class RunLevel(serializers.Serializer):
    """A walk-run step, in minutes."""

    key = serializers.CharField()
    sets = serializers.ListField(child=serializers.DictField())
    run_minutes = serializers.FloatField()
    source = serializers.CharField()


class Version(serializers.Serializer):
    """A published edition."""

    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    approval_note = serializers.CharField()


class PlanInBrief(serializers.Serializer):
    """A plan by name with its published versions, newest first."""

    key = serializers.CharField()
    title = serializers.CharField()
    versions = Version(many=True)


class Plan(PlanInBrief):
    """One published version in full; every number carries unit, source and allowed range."""

    version = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    approval = serializers.DictField()
    sources = serializers.DictField(child=serializers.CharField())
    thresholds = serializers.DictField(child=serializers.DictField())
    phases = serializers.ListField(child=serializers.DictField())
    run_levels = RunLevel(many=True)
    exercises = serializers.ListField(child=serializers.DictField())
    prescriptions = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))


class Draft(serializers.Serializer):
    """The edition being written; its revision is also the ETag."""

    key = serializers.CharField()
    revision = serializers.IntegerField()
    based_on = serializers.IntegerField(allow_null=True)
    edited_at = serializers.DateTimeField(allow_null=True)
    edited_by = serializers.CharField(allow_null=True)
    document = serializers.DictField()


class RevisionBody(Strict):
    """Which revision of the draft this was made from; If-Match says the same."""

    revision = Whole(min_value=1, max_value=LARGEST_REVISION, required=False)


class DraftBody(RevisionBody):
    """The whole plan document, as it should be."""

    document = serializers.DictField()


class PublishBody(RevisionBody):
    """What running episodes do, and why the escalations that a draft loses may be lost, when its back-test says so."""

    running = serializers.ChoiceField(choices=RUNNING, required=False, default="stay")
    reason = serializers.CharField(required=False, allow_blank=True, max_length=2000)


class ApproveBody(RevisionBody):
    """In which role somebody stands for the draft as it is."""

    role = serializers.CharField(max_length=80)


class BackTestBody(Strict):
    """Which episodes; everybody when nothing is said. Publishing needs one over everybody."""

    clinic = serializers.UUIDField(required=False, allow_null=True)
    phase = serializers.ChoiceField(choices=PHASES, required=False, allow_null=True)
    since = Day(required=False, allow_null=True)
    until = Day(required=False, allow_null=True)
    version = Whole(min_value=1, max_value=LARGEST_REVISION, required=False, allow_null=True)


class BackTest(serializers.Serializer):
    """How far a back-test has come, and, when it is done, what it came to."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    live = serializers.IntegerField()
    episodes = serializers.IntegerField()
    done = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    counts_for_publishing = serializers.BooleanField()
    summary = serializers.DictField(allow_null=True)
