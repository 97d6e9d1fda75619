"""The ledger: every message about a person, when it was due and how it ended."""

from django.db.models import Q
from drf_spectacular.utils import extend_schema

from recovery.models import OutboxMessage

from .. import permissions
from ..base import ListView, asked_for
from ..filters import EPISODE, episodes_of, in_asked_episode, note_episodes
from ..serializers import reminders as shapes

COLUMNS = ("id", "kind", "state", "reason", "due_at", "ended_at")


class Messages(ListView):
    """A person's own messages; with an episode, everything sent about it that they may see."""

    roles = permissions.CARE
    ordering = ("-due_at", "-id")

    @extend_schema(parameters=[EPISODE], responses=shapes.Message(many=True))
    def get(self, request):
        return super().get(request)

    def rows(self):
        person = self.request.user
        if person.is_patient or asked_for(self.request, "episode") is None:
            rows = OutboxMessage.objects.filter(recipient=person)
            rows = rows.filter(Q(episode=None) | Q(episode__in=episodes_of(person)))
        else:
            rows = OutboxMessage.objects.all()
        if asked_for(self.request, "episode") is not None:
            rows = in_asked_episode(self.request, rows)
        return rows.values("episode_id", *COLUMNS)

    def present(self, page):
        note_episodes(self.request, (row["episode_id"] for row in page))
        return [{name: row[name] for name in COLUMNS} for row in page]
