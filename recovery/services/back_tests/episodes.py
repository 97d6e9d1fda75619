"""One stored episode under two plans."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from recovery.models import BackTest, BackTestResult, Episode
from recovery.rules.beside import STOP, Beside, Raised, compare, course
from recovery.rules.decision import DayDecision
from recovery.rules.facts import DayFacts
from recovery.rules.plan import PlanSpec, parse_plan
from recovery.services.escalations import URGENCY
from recovery.services.events import events_from
from recovery.services.folding import first_intake
from recovery.services.plan_move_previews import beside
from recovery.services.plan_specs import spec_of

SILENCE_LOOKED_AT = timedelta(days=21)  # after that long a silence no plan raises anything new
COUNTED = frozenset(URGENCY)
TOLD_TO_THE_CLINIC = frozenset(code for code, urgency in URGENCY.items() if urgency != "AD") | {STOP}
LONGEST_FAULT = 200

log = logging.getLogger(__name__)


def try_on(asked: BackTest, episode: Episode) -> BackTestResult:
    """What the draft would have made differently; an episode that cannot be replayed says why and holds up no other."""
    try:
        known = events_from(episode, episode.started_on).facts
        told = {day: replace(facts, plan_moved=False) for day, facts in known.items() if day <= asked.through}
        plans = spec_of(asked.live_id), draft_of(asked.pk)
        live, draft = (_course(plan, episode, told, asked.through) for plan in plans)
        return _result(asked, episode, live, draft, _moving(episode, plans[1], known))
    except Exception as fault:
        log.exception("A back-test could not replay episode %s", episode.pk)
        said = f"{type(fault).__name__}: {fault}"[:LONGEST_FAULT]
        return BackTestResult(back_test=asked, episode=episode, fault=said)


@lru_cache(maxsize=8)  # the document of a back-test never changes
def draft_of(back_test_id: UUID) -> PlanSpec:
    """The plan a back-test tries."""
    return parse_plan(BackTest.objects.values_list("document", flat=True).get(pk=back_test_id))


def _moving(episode: Episode, draft: PlanSpec, known: Mapping[date, DayFacts]) -> dict | None:
    """The last check-in of a running episode as it was decided, and as it would be after a move to the draft."""
    found = beside(episode, draft, known) if episode.is_open else None
    if found is None:
        return None
    before, after = found.as_json()
    return {"before": before, "after": after}


def _course(plan: PlanSpec, episode: Episode, facts: Mapping[date, DayFacts], through: date) -> tuple[DayDecision, ...]:
    last = max(facts, default=episode.started_on)
    ends = min(through, last + SILENCE_LOOKED_AT)
    if episode.closed_at is not None:
        ends = min(ends, episode.closed_at.date())
    return course(plan, first_intake(episode), facts, max(ends, last))


def _result(
    asked: BackTest,
    episode: Episode,
    live: tuple[DayDecision, ...],
    draft: tuple[DayDecision, ...],
    moving: dict | None,
) -> BackTestResult:
    found = compare(live, draft, COUNTED)
    return BackTestResult(
        back_test=asked,
        episode=episode,
        days=found.days,
        first_difference_on=found.first_difference,
        days_elsewhere=found.days_elsewhere,
        live_phase=live[-1].phase,
        live_level=live[-1].run_level or "",
        draft_phase=draft[-1].phase,
        draft_level=draft[-1].run_level or "",
        figures={**_figures(found), "moving": moving},
    )


def _figures(found: Beside) -> dict:
    return {
        "arrivals": dict(found.arrivals),
        "only_live": list(found.only_first),
        "only_draft": list(found.only_second),
        "lost": [_raised(one) for one in found.lost],
        "gained": [_raised(one) for one in found.gained],
        "moved": [_raised(one) for one in found.moved],
        "raised": [dict(counts) for counts in found.raised],
    }


def _raised(one: Raised) -> dict:
    return {"code": one.code, "day": one.day.isoformat(), **({} if one.days is None else {"days": one.days})}
