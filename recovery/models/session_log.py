"""What a patient did in one session, as they told it right afterwards."""

from django.db import models

from .append_only import AppendOnly, AppendOnlyQuerySet
from .check_in import CheckIn
from .fields import one_of, points, within_0_to_10


class SessionKind(models.TextChoices):
    """What kind of session it was."""

    EXERCISES = "exercises"
    WALK_RUN = "walk_run"


class SessionLogQuerySet(AppendOnlyQuerySet):
    """Reads of an episode's sessions."""

    def on(self, episode, day):
        """The sessions of one local day, first to last."""
        return self.filter(episode=episode, day=day)


class SessionLog(AppendOnly):
    """One session; the day's check-in starts with it, and only the check-in is judged."""

    Kind = SessionKind

    key = models.UUIDField(editable=False)
    episode = models.ForeignKey("Episode", models.PROTECT, related_name="session_logs")
    day = models.DateField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=SessionKind)
    run_level = models.CharField(max_length=4, blank=True)
    status = models.CharField(max_length=4, choices=[("done", "done"), ("part", "part")])
    pain = points()
    stopped = models.BooleanField(default=False)
    brisk_walk = models.BooleanField(default=False)
    exercises = models.JSONField(default=list)
    seconds = models.PositiveIntegerField(null=True, blank=True)

    objects = SessionLogQuerySet.as_manager()

    class Meta:
        ordering = ["day", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "key"], name="a_session_is_logged_once"),
            within_0_to_10("pain", "logged_pain_is_0_to_10"),
            one_of("kind", SessionKind, "a_session_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=models.Q(status__in=[CheckIn.SessionStatus.DONE, CheckIn.SessionStatus.PART]),
                name="a_logged_session_took_place",
            ),
        ]

    def __str__(self):
        return f"{self.kind} on {self.day}"
