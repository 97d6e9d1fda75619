"""A day's answers as a phone sends them, and as they are given back."""

from rest_framework import serializers

from recovery.rules.facts import MEDICINES, SESSION_STATUSES, CheckInFact, SessionFact
from recovery.rules.red_flags import TICKABLE
from recovery.services.check_ins import Entry

from ..fields import Day, Instant, Key, OneOf, Points, TimeZone, YesNo
from .decisions import Decision
from .rotating import RotatingFields, RotatingShape
from .strict import Strict


class SessionAnswers(Strict):
    """The day's exercise session; pain is asked when it is done or part."""

    status = OneOf(choices=SESSION_STATUSES)
    pain = Points(allow_null=True, default=None)
    stopped = YesNo(default=False)
    brisk_walk = YesNo(default=False)


class Answers(Strict):
    """Scores are 0 to 10, higher is worse; confidence and mood the other way round."""

    day = Day()
    average = Points()
    worst = Points(help_text="At least the average.")
    morning = Points()
    function = Points()
    session = SessionAnswers()
    medicine = OneOf(choices=MEDICINES, default="none")
    woken = YesNo(default=False)
    yesterday_morning = Points(allow_null=True, default=None)
    red_flags = serializers.ListField(child=OneOf(choices=TICKABLE), max_length=len(TICKABLE))
    confidence = Points(allow_null=True, default=None)
    mood = Points(allow_null=True, default=None)

    def fact(self) -> CheckInFact:
        """The answers as the rules see them; raises InvalidFact when they contradict each other."""
        values = {name: self.validated_data[name] for name in Answers().fields}
        session, red_flags = SessionFact(**values.pop("session")), tuple(values.pop("red_flags"))
        return CheckInFact(**values, session=session, red_flags=red_flags)


class CheckInBody(Answers, RotatingFields):
    """A check-in made on a phone, perhaps without a network."""

    id = Key(help_text="Made on the phone; the same id again is the same check-in.")
    made_at = Instant()
    time_zone = TimeZone(help_text="IANA name, such as Europe/Amsterdam.")

    def entry(self, key) -> Entry:
        """The check-in for the service, under the id given."""
        fact, given = self.fact(), self.validated_data
        return Entry(fact, key, given["made_at"], given["time_zone"], self.rotating(fact.session))


class CorrectionBody(CheckInBody):
    """All answers again, as they should have been."""

    id = Key(required=False, help_text="As in the address, if given at all.")


class Session(serializers.Serializer):
    """The day's exercise session."""

    status = serializers.ChoiceField(choices=SESSION_STATUSES)
    pain = Points(allow_null=True)
    stopped = serializers.BooleanField()
    brisk_walk = serializers.BooleanField()


class Revision(RotatingShape):
    """What was said at one time about a day."""

    revision = serializers.IntegerField(min_value=1)
    day = serializers.DateField()
    made_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    time_zone = serializers.CharField()
    in_time = serializers.BooleanField(help_text="False when the day was over: kept as a diary note.")
    average = Points()
    worst = Points()
    morning = Points()
    function = Points()
    session = Session()
    medicine = serializers.ChoiceField(choices=MEDICINES)
    woken = serializers.BooleanField()
    yesterday_morning = Points(allow_null=True)
    red_flags = serializers.ListField(child=serializers.CharField())
    confidence = Points(allow_null=True)
    mood = Points(allow_null=True)


class CheckIn(Revision):
    """The newest revision of a check-in, with the decision that stands for its day."""

    id = serializers.UUIDField()
    episode = serializers.UUIDField()
    decision = Decision(allow_null=True, help_text="Nothing for a late diary note.")


class CheckInWithRevisions(CheckIn):
    """A check-in with everything that was ever said about the day, oldest first."""

    revisions = Revision(many=True)


class CheckInConflict(serializers.Serializer):
    """A refusal with the check-in that is stored already."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    stored = CheckIn(required=False)
