"""What a cohort came to, on the live version and on the draft."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from recovery.models import CohortTrial
from recovery.rules.facts import PHASES
from recovery.services.cohort.figures import broken_promises, by_class, median_day, per_cent
from recovery.services.cohort.trial import Life

SIDES = ("live", "draft")
LOOKED_AT = (7, 14, 28, 42, 84)  # days by which a phase was reached
NOTICES = ("E1", "E2", "E3", "E4")


def progress_of(trial: CohortTrial) -> int:
    """How many people have been lived through."""
    return sum(trial.parts.filter(state="done").values_list("size", flat=True))


def sum_up_finished(now: datetime) -> int:
    """Ends every running cohort whose parts are all done; whoever died before this is made up for."""
    left = CohortTrial.objects.running().exclude(parts__state__in=["due", "claimed"])
    return sum(sum_up(trial, now) for trial in left)


@transaction.atomic
def sum_up(trial: CohortTrial, now: datetime) -> bool:
    """Writes the figures, ends the cohort and lets the single lives go; only one of several workers does."""
    if not CohortTrial.objects.running().filter(pk=trial.pk).update(state="done", ended_at=now):
        return False
    parts = list(trial.parts.order_by("number").values_list("lives", flat=True))
    sides = {side: [_life(one) for part in parts for one in part[side]] for side in SIDES}
    trial.state, trial.ended_at = CohortTrial.State.DONE, now
    trial.summary = {side: figures_of(lives, trial.weeks * 7) for side, lives in sides.items()}
    trial.save(update_fields=["summary"])
    trial.parts.all().delete()
    return True


def figures_of(lives: Sequence[Life], days: int) -> dict[str, Any]:
    """Shares in per cent, days of the plan, and counts for each person; the same lives give the same figures."""
    return {
        "patients": len(lives),
        "reached": {phase: _reached(lives, phase, days) for phase in PHASES},
        "median_day": {phase: median_day(lives, phase) for phase in PHASES},
        "notices": {code: per_cent(life.raised(code) for life in lives) for code in NOTICES},
        "step_backs": round(sum(life.step_backs for life in lives) / len(lives), 2),
        "broken": len(broken_promises(lives)),
        "classes": {key: _class(found) for key, found in by_class(lives, days).items()},
    }


def _reached(lives: Sequence[Life], phase: str, days: int) -> list[list[float]]:
    """The share who had been in the phase by each day: [day, per cent]."""
    looked_at = [day for day in LOOKED_AT if day < days] + [days]
    return [[day, per_cent(life.reached.get(phase, day + 1) <= day for life in lives)] for day in looked_at]


def _class(found) -> dict[str, Any]:
    return {"patients": found.patients, "median_day": found.median_day, "step_backs": found.step_backs}


def _life(one: Sequence[Any]) -> Life:
    key, number, reached, notices, *rest = one
    return Life(key, number, reached, tuple((day, code) for day, code in notices), *rest)
