"""The rules' view of a stored plan version, built once per process: published versions never change."""

from functools import lru_cache

from recovery.models import PlanVersion
from recovery.rules.plan import PlanSpec, parse_plan

from .plan_documents import document_of


@lru_cache(maxsize=64)
def _spec_of_published(version_id: int) -> PlanSpec:
    return parse_plan(document_of(PlanVersion.objects.get(pk=version_id)))


def spec_of(version_id: int) -> PlanSpec:
    """The plan of a published version; episodes are only ever pinned to published ones."""
    return _spec_of_published(version_id)
