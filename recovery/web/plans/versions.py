"""A published version as everybody on it follows it, and what it changed in the one before."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from recovery.services.plan_documents import document_of
from recovery.services.plan_publishing import running_on

from .changes import changes
from .doors import find_draft, plan_page
from .levels import levels_of, starts_of
from .phase import PLATEAU
from .rules_sheet import rules_of
from .thresholds import groups_of


@plan_page
@require_safe
def show(request, plan, number):
    """One version, read only."""
    published = plan.versions.exclude(status="draft").select_related("published_by")
    version = get_object_or_404(published, number=number)
    document = document_of(version)
    before = published.filter(number__lt=number).order_by("-number").first()
    context = {
        "tab": "plans",
        "plan": plan,
        "version": version,
        "draft": find_draft(plan),
        "before": before,
        "is_live": not published.filter(number__gt=number).exists(),
        "running": running_on(plan.key).get(number, 0),
        "changes": changes(document_of(before), document) if before else [],
        "phases": [_phase(document, phase) for phase in document["phases"]],
        "groups": groups_of(document, document),
        "levels": levels_of(document, document),
        "starts": starts_of(document, document),
        "sources": document["sources"],
    }
    return render(request, "recovery/plans/version.html", context)


def _phase(document: dict, phase: dict) -> dict:
    exercises = {item["code"]: item for item in document["exercises"]}
    prescribed = document["prescriptions"][phase["key"]]
    return {
        **phase,
        "rules": rules_of(document, document, phase["key"], PLATEAU),
        "prescribed": [{**item, **_words(exercises[item["exercise"]])} for item in prescribed],
    }


def _words(exercise: dict) -> dict:
    return {"name": exercise["name"], "sides": exercise["sides"]}
