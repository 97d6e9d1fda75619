"""What waits for a clinician."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError

from recovery.models import Escalation
from recovery.services import escalations

from .. import permissions
from ..base import ApiView, ListView, Response, checked, one_of
from ..filters import EPISODE, in_asked_episode, note_episodes
from ..presenters.escalations import AT_HAND, TAKEN, escalation_json
from ..serializers import escalations as shapes

STATUS = OpenApiParameter("status", str, enum=Escalation.Status.values, description="Only in this state.")


def at_hand(person):
    """The escalations this clinician may see, with what it takes to show them."""
    return Escalation.objects.visible_to(person).select_related(*AT_HAND).prefetch_related(TAKEN)


def one_at_hand(request, pk) -> Escalation:
    """The one escalation this clinician may see, with a note that they looked."""
    row = one_of(at_hand(request.user), pk=pk)
    note_episodes(request, [row.episode_id])
    return row


class Escalations(ListView):
    """Escalations of patients who share, the newest first."""

    roles = permissions.CLINICIAN
    ordering = ("-raised_at", "-id")

    @extend_schema(parameters=[EPISODE, STATUS], responses=shapes.Escalation(many=True))
    def get(self, request):
        return super().get(request)

    def rows(self):
        rows, status = in_asked_episode(self.request, at_hand(self.request.user)), self._status()
        return rows.filter(status=status) if status else rows

    def _status(self) -> str | None:
        asked = self.request.query_params.get("status")
        if asked is not None and asked not in Escalation.Status.values:
            raise ValidationError({"status": [_("Must be one of %(allowed)s.") % {"allowed": ALLOWED}]})
        return asked

    def present(self, page):
        note_episodes(self.request, (row.episode_id for row in page))
        return [escalation_json(row) for row in page]


class OneEscalation(ApiView):
    """One escalation with who took it and how it ended."""

    roles = permissions.CLINICIAN

    @extend_schema(responses=shapes.Escalation)
    def get(self, request, pk):
        return Response(escalation_json(one_at_hand(request, pk)))


class AcknowledgeEscalation(ApiView):
    """A clinician takes an escalation."""

    roles = permissions.CLINICIAN

    @extend_schema(request=shapes.AcknowledgeBody, responses=shapes.Escalation)
    def post(self, request, pk):
        one_at_hand(request, pk)
        escalations.acknowledge(pk, request.user, timezone.now(), **checked(shapes.AcknowledgeBody, request))
        return Response(escalation_json(at_hand(request.user).get(pk=pk)))


class ResolveEscalation(ApiView):
    """A clinician closes an escalation and says what was done."""

    roles = permissions.CLINICIAN

    @extend_schema(request=shapes.ResolveBody, responses=shapes.Escalation)
    def post(self, request, pk):
        one_at_hand(request, pk)
        escalations.resolve(pk, request.user, **checked(shapes.ResolveBody, request), now=timezone.now())
        return Response(escalation_json(at_hand(request.user).get(pk=pk)))


ALLOWED = ", ".join(Escalation.Status.values)
