"""Where patients stand, and what a clinician may change about it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema

from recovery.services import episodes

from .. import permissions
from ..base import ApiView, ListView, Response, checked, one_of
from ..filters import episodes_of, note_episodes
from ..presenters.episodes import clearance_json, current_json, episode_json, override_json
from ..serializers import episodes as shapes


def at_hand(person):
    """The episodes this person may see, with what it takes to show them."""
    return episodes_of(person).select_related("patient", "plan_version__plan")


def one_at_hand(request, rows, pk):
    """The one episode this person may see, with a note that they looked."""
    episode = one_of(rows, pk=pk)
    note_episodes(request, [episode.pk])
    return episode


class Episodes(ListView):
    """A patient's own episodes, or those of patients who share; the newest first."""

    roles = permissions.CARE
    ordering = ("-opened_at", "-id")

    @extend_schema(responses=shapes.Episode(many=True))
    def get(self, request):
        return super().get(request)

    def rows(self):
        return at_hand(self.request.user)

    def present(self, page):
        note_episodes(self.request, (row.pk for row in page))
        now = timezone.now()
        return [episode_json(row, now) for row in page]


class CurrentEpisode(ApiView):
    """Where the patient stands today, and what there is to do."""

    roles = permissions.PATIENT

    @extend_schema(responses=shapes.CurrentEpisode)
    def get(self, request):
        return Response(current_json(one_of(at_hand(request.user).open()), timezone.now()))


class OneEpisode(ApiView):
    """One episode this person may see."""

    roles = permissions.CARE

    @extend_schema(responses=shapes.Episode)
    def get(self, request, pk):
        return Response(episode_json(one_at_hand(request, at_hand(request.user), pk), timezone.now()))


class EpisodeOverride(ApiView):
    """A clinician's departure from the rules, with a reason the patient reads."""

    roles = permissions.CLINICIAN

    @extend_schema(request=shapes.OverrideBody, responses={201: shapes.Override})
    def post(self, request, pk):
        """Puts the patient in another phase until the end date."""
        episode = one_at_hand(request, episodes_of(request.user).open(), pk)
        values = checked(shapes.OverrideBody, request)
        values["run_level"] = values["run_level"] or ""
        row = episodes.override(episode.pk, **values, made_by=request.user, now=timezone.now())
        return Response(override_json(row), status=201)

    @extend_schema(request=None, responses={200: shapes.Override})
    def delete(self, request, pk):
        """Ends the standing override; the rules resume today."""
        episode = one_at_hand(request, episodes_of(request.user).open(), pk)
        return Response(override_json(episodes.end_override(episode.pk, request.user, timezone.now())))


class EpisodeClearance(ApiView):
    """A professional has looked at the warning sign that stopped the plan."""

    roles = permissions.CARE

    @extend_schema(request=shapes.ClearanceBody, responses={201: shapes.Clearance})
    def post(self, request, pk):
        """Records it; the plan goes on, carefully."""
        episode = one_at_hand(request, episodes_of(request.user).open(), pk)
        values = checked(shapes.ClearanceBody, request)
        row = episodes.record_clearance(episode.pk, **values, recorded_by=request.user, now=timezone.now())
        return Response(clearance_json(row), status=201)
