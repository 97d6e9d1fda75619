"""The movements of the plan version a person goes by."""

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound

from recovery.models import Episode, PlanVersion
from recovery.services.plan_choice import chosen_for

from .. import permissions
from ..base import ApiView, Response
from ..presenters.exercises import exercises_json
from ..serializers import exercises as shapes


def version_for(person) -> PlanVersion:
    """The version a patient's open episode follows, else the newest published one."""
    if person.is_patient:
        episode = Episode.objects.of(person).open().select_related("plan_version").first()
        if episode is not None:
            return episode.plan_version
    newest = PlanVersion.objects.newest(chosen_for(person))
    if newest is None:
        raise NotFound
    return newest


class Exercises(ApiView):
    """The whole library in the plan's order."""

    about = permissions.ABOUT_PLANS

    @extend_schema(operation_id="exercises_list", responses=shapes.Exercise(many=True))
    def get(self, request):
        return Response(exercises_json(version_for(request.user)))


class OneExercise(ApiView):
    """One movement by its code."""

    about = permissions.ABOUT_PLANS

    @extend_schema(responses=shapes.Exercise)
    def get(self, request, code):
        found = exercises_json(version_for(request.user), code=code)
        if not found:
            raise NotFound
        return Response(found[0])
