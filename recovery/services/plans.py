"""Loading, drafting, editing and publishing plans."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from recovery.models import Plan, PlanVersion
from recovery.rules.plan import InvalidPlan, parse_plan

from .plan_checks import check_library
from .plan_documents import digest_of, document_of, write_rows
from .refusals import Conflict, Refused


@transaction.atomic
def load(document: Mapping, now: datetime) -> tuple[PlanVersion, bool]:
    """Publishes a shipped plan; a second load of the same document changes nothing.

    Returns the version and whether it is new. Raises Refused when the document is not a plan.
    """
    digest = digest_of(document)
    loaded = PlanVersion.objects.exclude(status="draft").filter(digest=digest).order_by("-number").first()
    if loaded is not None:
        return loaded, False
    check(document)
    plan, _ = Plan.objects.get_or_create(key=document["key"], defaults={"title": document["title"]})
    version = PlanVersion.objects.create(plan=plan, created_at=now, status=PlanVersion.Status.INCOMING)
    write_rows(version, document)
    _publish(version, digest, None, now)
    return version, True


@transaction.atomic
def start_draft(plan_key: str, by, now: datetime) -> PlanVersion:
    """The plan's draft, made from its newest published version when there is none yet."""
    plan = Plan.objects.select_for_update().get(key=plan_key)
    draft = plan.versions.drafts().first()
    if draft is not None:
        return draft
    newest = PlanVersion.objects.newest(plan_key)
    return _draft_of(newest, document_of(newest), by, now)


@transaction.atomic
def bring_back(older: PlanVersion, by, now: datetime) -> PlanVersion:
    """A draft that says what an older version says, to be published again; raises Refused when a draft is open."""
    plan = Plan.objects.select_for_update().get(pk=older.plan_id)
    if plan.versions.drafts().exists():
        raise Refused("draft_is_open")
    return _draft_of(PlanVersion.objects.newest(plan.key), document_of(older), by, now)


def _draft_of(live: PlanVersion, document: Mapping, by, now: datetime) -> PlanVersion:
    draft = PlanVersion.objects.create(
        plan=live.plan,
        based_on=live,
        created_at=now,
        edited_at=now,
        edited_by=by,
        approval_note=live.approval_note,
    )
    write_rows(draft, document)
    return draft


@transaction.atomic
def edit(draft_id: int, document: Mapping, revision: int, by, now: datetime) -> PlanVersion:
    """Replaces a draft's contents; refuses when somebody else saved since `revision` was read."""
    draft = lock_draft(draft_id, revision)
    check(document)
    write_rows(draft, document)
    draft.revision += 1
    draft.edited_at, draft.edited_by, draft.review_asked_at = now, by, None
    draft.save()
    if by is not None:
        draft.editors.add(by)
    return draft


@transaction.atomic
def discard(draft_id: int, revision: int) -> None:
    """Throws a draft away; the published versions stay as they are."""
    lock_draft(draft_id, revision).delete()


@transaction.atomic
def publish(draft_id: int, revision: int, by, now: datetime) -> PlanVersion:
    """Makes a draft the newest version; doors go by `plan_publishing`, which asks whether it may be."""
    draft = lock_draft(draft_id, revision)
    document = document_of(draft)
    check(document)
    _publish(draft, digest_of(document), by, now)
    return draft


def check(document: Mapping) -> None:
    """Refuses a document that the rules cannot use, or that names an unknown exercise."""
    try:
        parse_plan(document)
    except InvalidPlan as problem:
        raise Refused("invalid_plan", "plan", sentence=str(problem)) from problem
    check_library(document)


def lock_draft(draft_id: int, revision: int) -> PlanVersion:
    """The draft, held until the end of the transaction; refuses when it is none or has been changed since."""
    rows = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan")
    draft = rows.filter(pk=draft_id).first()
    if draft is None or not draft.is_draft:  # published or thrown away meanwhile
        raise Refused("not_a_draft")
    if draft.revision != revision:
        raise Conflict("edited_by_another", draft)
    return draft


def _publish(version: PlanVersion, digest: str, by, now: datetime) -> None:
    last = version.plan.versions.aggregate(last=Max("number"))["last"] or 0
    version.number, version.status = last + 1, PlanVersion.Status.PUBLISHED
    version.published_at, version.published_by, version.digest = now, by, digest
    version.save()
