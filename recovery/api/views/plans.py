"""Published plans, for everybody who follows one."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema

from recovery.models import Plan, PlanVersion

from .. import permissions
from ..base import ApiView, ListView, Response, one_of
from ..presenters.plans import plan_in_brief_json, plan_json
from ..serializers import plans as shapes


def published_plans():
    """Plans with at least one published version, each with its versions, newest first."""
    newest_first = PlanVersion.objects.published().order_by("-number")
    rows = Plan.objects.filter(versions__status=PlanVersion.Status.PUBLISHED).distinct()
    return rows.prefetch_related(Prefetch("versions", newest_first, to_attr="published"))


class Plans(ListView):
    """Plans by name."""

    about = permissions.ABOUT_PLANS

    ordering = ("key",)

    @extend_schema(responses=shapes.PlanInBrief(many=True))
    def get(self, request):
        return super().get(request)

    def rows(self):
        return published_plans()

    def present(self, page):
        return [plan_in_brief_json(plan) for plan in page]


class OnePlan(ApiView):
    """The newest published version of a plan, in full."""

    about = permissions.ABOUT_PLANS

    @extend_schema(operation_id="plans_newest", responses=shapes.Plan)
    def get(self, request, key):
        plan = one_of(published_plans(), key=key)
        return Response(plan_json(plan, plan.published[0]))


class OneVersion(ApiView):
    """One published version of a plan, in full: what an episode that follows it goes by."""

    about = permissions.ABOUT_PLANS

    @extend_schema(operation_id="plans_version", responses=shapes.Plan)
    def get(self, request, key, number):
        plan = one_of(published_plans(), key=key)
        return Response(plan_json(plan, one_of(plan.versions.published(), number=number)))
