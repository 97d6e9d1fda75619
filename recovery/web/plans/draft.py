"""A draft at a glance, and how one begins."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from recovery.services import plans

from .doors import draft_page, plan_page
from .editing import Editing
from .listing import row_of


@draft_page
@require_safe
def show(request, draft):
    """The phases of the draft and everything that differs from the live version."""
    editing = Editing(request, draft, lambda document, live: [])
    document = editing.document
    phases = [{**phase, "exercises": len(document["prescriptions"][phase["key"]])} for phase in document["phases"]]
    return editing.page("draft", phases=phases, row=row_of(draft.plan), changes_in_page=True)


@plan_page
@require_POST
def start(request, plan):
    """Opens the plan's draft, made from the live version when there is none."""
    draft = plans.start_draft(plan.key, request.user, timezone.now())
    return redirect("plans:draft", draft.plan.key)
