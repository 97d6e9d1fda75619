"""What every page of plan authoring shares: admins only, in their own time, on one plan and its draft."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from recovery.models import Plan, PlanVersion
from recovery.web.access import admin_required

form_page = require_http_methods(["GET", "HEAD", "POST"])


def plan_page(view):
    """A page for admins about one plan, given as `plan`; times are in the reader's own zone."""

    @admin_required
    @wraps(view)
    def with_plan(request, key, **where):
        with timezone.override(request.user.zone):
            return view(request, get_object_or_404(Plan, key=key), **where)

    return with_plan


def draft_page(view):
    """A page about a plan's draft, given as `draft`; without one, the list of plans says how to start it."""

    @plan_page
    @wraps(view)
    def with_draft(request, plan, **where):
        draft = find_draft(plan)
        if draft is None:
            messages.info(request, _("There is no draft of this plan. Start one to change it."))
            return redirect("plans:list")
        return view(request, draft, **where)

    return with_draft


def find_draft(plan: Plan) -> PlanVersion | None:
    """The plan's draft as it is stored now."""
    return plan.versions.drafts().select_related("plan", "based_on", "edited_by").first()
