"""A published version as everybody on it follows it, what it changed in another, and how it comes back or goes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recovery.services import plans
from recovery.services.plan_documents import document_of
from recovery.services.plan_publishing import retire, running_on
from recovery.services.refusals import Refused

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
    before = _other(published, request.GET.get("from", ""), version)
    context = {
        "tab": "plans",
        "plan": plan,
        "version": version,
        "draft": find_draft(plan),
        "before": before,
        "is_live": not published.filter(number__gt=number).exists(),
        "others": published.exclude(pk=version.pk).order_by("-number"),
        "running": running_on(plan.key).get(number, 0),
        "changes": changes(document_of(before), document) if before else [],
        "phases": [_phase(document, phase) for phase in document["phases"]],
        "groups": groups_of(document, document),
        "levels": levels_of(document, document),
        "starts": starts_of(document, document),
        "sources": document["sources"],
    }
    return render(request, "recovery/plans/version.html", context)


@plan_page
@require_POST
def bring_back(request, plan, number):
    """Opens a draft that says what this version says; publishing it again is the way back."""
    version = get_object_or_404(plan.versions.exclude(status="draft"), number=number)
    try:
        plans.bring_back(version, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("plans:version", plan.key, number)
    said = _("This draft says what version %(number)s says. Try it on the past, then publish it.")
    messages.success(request, said % {"number": number})
    return redirect("plans:draft", plan.key)


@plan_page
@require_POST
def put_away(request, plan, number):
    """Retires a version nobody is on."""
    version = get_object_or_404(plan.versions.published(), number=number)
    if retire(version):
        messages.success(request, _("Version %(number)s is retired.") % {"number": number})
    else:
        messages.error(request, _("People are on this version, or it is the live one. It stays."))
    return redirect("plans:version", plan.key, number)


def _other(published, asked: str, version):
    """The version to compare with: the one asked for, else the one before."""
    others = published.exclude(pk=version.pk)
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        return others.filter(number=int(asked)).first()
    return others.filter(number__lt=version.number).order_by("-number").first()


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
