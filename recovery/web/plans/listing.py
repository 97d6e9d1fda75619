"""All plans: what is live, since when and for how many people, and whether somebody is drafting a change."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recovery.models import Plan, PlanVersion
from recovery.services.plan_publishing import running_on
from recovery.web.access import admin_required

from .doors import find_draft


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version with how many open episodes are on it."""

    version: PlanVersion
    running: int


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with its published versions, newest first, and its draft."""

    plan: Plan
    versions: list[VersionRow]
    draft: PlanVersion | None

    @property
    def live(self) -> VersionRow | None:
        """The version that new episodes start on."""
        return self.versions[0] if self.versions else None


def row_of(plan: Plan) -> PlanRow:
    """A plan as the list shows it."""
    running = running_on(plan.key)
    published = plan.versions.published().select_related("published_by").order_by("-number")
    versions = [VersionRow(version, running.get(version.number, 0)) for version in published]
    return PlanRow(plan, versions, find_draft(plan))


@admin_required
@require_safe
def show(request):
    """The list of plans."""
    with timezone.override(request.user.zone):
        rows = [row_of(plan) for plan in Plan.objects.all()]
        return render(request, "recovery/plans/list.html", {"tab": "plans", "rows": rows})
