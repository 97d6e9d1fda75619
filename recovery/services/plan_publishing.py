"""Publishing a draft together with the note on who approved it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count

from recovery.models import Episode, PlanVersion

from . import plans
from .plan_documents import document_of
from .refusals import Refused


@transaction.atomic
def publish_as(draft_id: int, revision: int, approval: dict, by, now: datetime) -> PlanVersion:
    """Publishes a draft with its approval; raises what `plans.edit` and `plans.publish` raise."""
    stored = PlanVersion.objects.filter(pk=draft_id).first()
    if stored is None:
        raise Refused("not_a_draft")
    document = document_of(stored) | {"approval": approval}
    draft = plans.edit(draft_id, document, revision, by, now)
    return plans.publish(draft_id, draft.revision, by, now)


def running_on(plan_key: str) -> dict[int, int]:
    """How many open episodes are on each version of a plan, by the version's number."""
    episodes = Episode.objects.open().filter(plan_version__plan__key=plan_key)
    counted = episodes.values_list("plan_version__number").annotate(running=Count("pk"))
    return dict(counted.order_by("-plan_version__number"))
