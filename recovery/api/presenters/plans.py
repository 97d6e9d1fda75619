"""Plans as plain values."""

from recovery.models import Plan, PlanVersion
from recovery.services.plan_documents import document_of


def plan_in_brief_json(plan: Plan) -> dict:
    """A plan with its published versions (prefetched as `published`), newest first."""
    return {
        "key": plan.key,
        "title": plan.title,
        "versions": [
            {"number": row.number, "published_at": row.published_at, "approval_note": row.approval_note}
            for row in plan.published
        ],
    }


def plan_json(plan: Plan, version: PlanVersion) -> dict:
    """One published version in full."""
    document = {"sources": {}, **document_of(version)}
    return {
        **plan_in_brief_json(plan),
        "version": version.number,
        "published_at": version.published_at,
        **{
            name: document[name]
            for name in ("approval", "sources", "thresholds", "phases", "run_levels", "exercises", "prescriptions")
        },
    }


def draft_json(draft: PlanVersion) -> dict:
    """The edition being written, with the document as it stands."""
    return {
        "key": draft.plan.key,
        "revision": draft.revision,
        "based_on": draft.based_on.number if draft.based_on else None,
        "edited_at": draft.edited_at,
        "edited_by": draft.edited_by.name if draft.edited_by else None,
        "document": document_of(draft),
    }
