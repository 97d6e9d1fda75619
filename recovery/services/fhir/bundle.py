"""The whole of a plan version as one FHIR Bundle."""

import json

from recovery.models import PlanVersion
from recovery.services.plan_documents import document_of

from .activities import activity
from .edition import Edition
from .extensions import Json, definitions
from .plan_definition import plan_definition

DEFAULT = "default"  # the approval of a plan nobody has approved yet


def bundle_of(version: PlanVersion, base: str) -> Json:
    """A collection of the plan, its exercises and what its extensions mean; `base` is where they are named under."""
    document = document_of(version)
    edition = Edition(
        base=base.rstrip("/") + "/fhir",
        key=version.plan.key,
        number=version.number,
        state=version.status,
        published_at=version.published_at,
        is_approved=document["approval"]["state"] != DEFAULT,
    )
    resources = [
        plan_definition(edition, document),
        *(activity(edition, exercise, document) for exercise in document["exercises"]),
        *definitions(edition.base, edition.version, edition.status),
    ]
    return {
        "resourceType": "Bundle",
        "id": edition.id_of(),
        "type": "collection",
        "entry": [{"fullUrl": one["url"], "resource": one} for one in resources],
    }


def as_json(version: PlanVersion, base: str) -> bytes:
    """The bundle as a file; the same version gives the same bytes."""
    return json.dumps(bundle_of(version, base), ensure_ascii=False, indent=1).encode("utf-8")
