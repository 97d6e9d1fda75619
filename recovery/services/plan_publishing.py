"""Publishing a draft: tried on everybody's past, its losses explained, and approved where a clinic asks for that."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet

from accounts.models import Clinic
from recovery.models import BackTest, Episode, PlanApproval, PlanVersion

from . import plan_moves, plans
from .back_tests.asking import content_digest, fresh_for
from .back_tests.summing import lost_escalations
from .plan_documents import document_of
from .refusals import Conflict, Refused


@transaction.atomic
def publish_as(
    draft_id: int,
    revision: int,
    approval: dict | None,
    by,
    now: datetime,
    reason: str = "",
    running: str = plan_moves.STAY,
) -> PlanVersion:
    """Publishes a draft with its approval (None keeps the one it has), and lets running episodes stay or move.

    `reason` says why the escalations it loses may be lost. Raises Conflict when the draft was changed meanwhile or not
    tried on everybody's past as it is, and Refused when something else is missing; then nothing is written.
    """
    draft = plans.lock_draft(draft_id, revision)
    may_be_published(draft, reason, now)
    document = document_of(draft)
    draft.loss_reason = reason.strip()
    draft.save(update_fields=["loss_reason"])
    if approval is not None and approval != document["approval"]:
        draft = _noted(draft, document | {"approval": approval})
    version = plans.publish(draft_id, draft.revision, by, now)
    plan_moves.ask_all(version, running, by, now)
    return version


def may_be_published(draft: PlanVersion, reason: str, now: datetime) -> BackTest:
    """The back-test that allows it; raises Conflict or Refused with what is missing."""
    tried = fresh_for(draft, now)
    if tried is None:
        raise Conflict("back_test_needed", draft)
    if tried.summary["faults"]:
        raise Conflict("back_test_faults", draft)
    if (lost := lost_escalations(tried.summary)) and not reason.strip():
        raise Refused("loss_needs_reason", "reason", count=lost)
    if needs_second_eyes() and not approvals_of(draft).exclude(approved_by__in=draft.editors.all()).exists():
        raise Refused("second_eyes_needed", "approved_by")
    return tried


def needs_second_eyes() -> bool:
    """Whether some clinic wants plans approved by somebody who did not edit them."""
    return Clinic.objects.filter(plans_need_approval=True).exists()


def approvals_of(draft: PlanVersion) -> QuerySet[PlanApproval]:
    """Who stands for the draft as it is now."""
    return draft.approvals.filter(digest=content_digest(document_of(draft))).select_related("approved_by")


@transaction.atomic
def ask_for_review(draft_id: int, revision: int, now: datetime) -> PlanVersion:
    """Marks a draft as waiting for somebody to look at it; the next change takes it back."""
    draft = plans.lock_draft(draft_id, revision)
    draft.review_asked_at = draft.review_asked_at or now
    draft.save(update_fields=["review_asked_at"])
    return draft


@transaction.atomic
def approve(draft_id: int, revision: int, role: str, by, now: datetime) -> PlanVersion:
    """Keeps that this person stands for the draft as it is now; a second time changes nothing."""
    draft = plans.lock_draft(draft_id, revision)
    if not role.strip():
        raise Refused("role_missing", "role")
    digest = content_digest(document_of(draft))
    try:
        with transaction.atomic():
            PlanApproval.objects.create(
                version=draft, digest=digest, approved_by=by, role=role.strip(), approved_at=now
            )
    except IntegrityError:
        if not approvals_of(draft).filter(approved_by=by).exists():
            raise
    return draft


@transaction.atomic
def retire(version: PlanVersion) -> bool:
    """Puts an old version away; the newest one, or one that people are on, stays."""
    newest = PlanVersion.objects.newest(version.plan.key)
    unused = not Episode.objects.open().filter(plan_version=version).exists()
    if version == newest or not unused:
        return False
    rows = PlanVersion.objects.filter(pk=version.pk, status=PlanVersion.Status.PUBLISHED)
    return rows.update(status=PlanVersion.Status.RETIRED) == 1


def running_on(plan_key: str) -> dict[int, int]:
    """How many open episodes are on each version of a plan, by the version's number."""
    episodes = Episode.objects.open().filter(plan_version__plan__key=plan_key)
    counted = episodes.values_list("plan_version__number").annotate(running=Count("pk"))
    return dict(counted.order_by("-plan_version__number"))


def _noted(draft: PlanVersion, document: dict) -> PlanVersion:
    """The draft with the note on who approved it, which is no edit of the plan."""
    draft.approval_note = document["approval"]["note"]
    draft.extras = draft.extras | {"approval_state": document["approval"]["state"]}
    draft.save()
    return draft
