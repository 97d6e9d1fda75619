"""A plan as HL7 FHIR R4, for other systems to read."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from recovery.services.fhir.bundle import as_json

from .doors import draft_page, plan_page


@plan_page
@require_safe
def of_version(request, plan, number):
    """A published version as a bundle."""
    return _bundle(get_object_or_404(plan.versions.exclude(status="draft"), number=number), f"{plan.key}-{number}")


@draft_page
@require_safe
def of_draft(request, draft):
    """The draft as a bundle."""
    return _bundle(draft, f"{draft.plan.key}-draft")


def _bundle(version, name: str) -> HttpResponse:
    answer = HttpResponse(as_json(version, settings.SITE_URL), content_type="application/fhir+json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.fhir.json"'
    return answer
