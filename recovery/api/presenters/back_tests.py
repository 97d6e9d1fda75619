"""Back-tests as plain values."""

from datetime import datetime

from recovery.models import BackTest
from recovery.services.back_tests.asking import fresh_for
from recovery.services.back_tests.summing import progress_of


def back_test_json(asked: BackTest, now: datetime) -> dict:
    """One back-test; its summary is there when it is done."""
    draft = asked.plan.versions.drafts().select_related("plan").first()
    fresh = fresh_for(draft, now) if draft and asked.is_done else None
    return {
        "id": asked.pk,
        "state": asked.state,
        "live": asked.live.number,
        "episodes": asked.episodes,
        "done": progress_of(asked),
        "asked_at": asked.asked_at,
        "ended_at": asked.ended_at,
        "counts_for_publishing": fresh is not None and fresh.pk == asked.pk,
        "summary": asked.summary or None,
    }
