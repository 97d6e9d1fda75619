"""Escalations as plain values."""

from recovery.models import Escalation

from .people import person_json

AT_HAND = ("episode__patient", "resolution__made_by")
TAKEN = "acknowledgements__made_by"


def escalation_json(row: Escalation) -> dict:
    """An escalation with who took it and how it ended; needs AT_HAND selected and TAKEN fetched."""
    names = ("id", "code", "urgency", "day", "figures", "status", "raised_at")
    ended = getattr(row, "resolution", None)
    taken = list(row.acknowledgements.all())[-1:] if row.taken_by_id else []
    return {
        **{name: getattr(row, name) for name in names},
        "episode": row.episode_id,
        "patient": person_json(row.episode.patient),
        "acknowledgement": _said(taken[0]) if taken else None,
        "resolution": {**_said(ended), "outcome": ended.outcome} if ended else None,
    }


def _said(row) -> dict:
    return {"by": person_json(row.made_by), "at": row.made_at, "note": row.note}
