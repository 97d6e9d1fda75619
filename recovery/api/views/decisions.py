"""What the rules made of each day."""

from drf_spectacular.utils import extend_schema

from recovery.models import Decision

from .. import permissions
from ..base import ApiView, ListView, Response, one_of
from ..filters import EPISODE, episodes_of, in_asked_episode, note_episodes
from ..presenters.decisions import FULL_COLUMNS, full_decisions_json
from ..serializers import decisions as shapes


class Decisions(ListView):
    """The decisions that stand, newest day first."""

    roles = permissions.CARE
    ordering = ("-day", "-id")

    @extend_schema(parameters=[EPISODE], responses=shapes.DecisionInFull(many=True))
    def get(self, request):
        return super().get(request)

    def rows(self):
        return in_asked_episode(self.request, Decision.objects.standing()).values(*FULL_COLUMNS)

    def present(self, page):
        note_episodes(self.request, (row["episode_id"] for row in page))
        return full_decisions_json(page)


class OneDecision(ApiView):
    """One decision with its findings; also one that another has replaced since."""

    roles = permissions.CARE

    @extend_schema(responses=shapes.DecisionInFull)
    def get(self, request, pk):
        rows = Decision.objects.filter(episode__in=episodes_of(request.user)).values(*FULL_COLUMNS)
        row = one_of(rows, pk=pk)
        note_episodes(request, [row["episode_id"]])
        return Response(full_decisions_json([row])[0])
