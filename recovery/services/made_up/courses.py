"""Courses of pain to let a made-up patient live through: those of the cohort, told in full and with a fixed seed."""

from collections.abc import Mapping
from datetime import date
from random import Random

from recovery.rules.plan import PlanSpec
from recovery.rules.state import State
from recovery.services.cohort.body import Body
from recovery.services.cohort.cases import check_in_json
from recovery.services.cohort.courses import TRAJECTORIES
from recovery.services.cohort.habits import BASE, IDEAL, alike
from recovery.services.cohort.runner import SimulatedRunner
from recovery.services.cohort.trial import PLANNED, place_of

from .patient import A_DAY, Case, Given, days_of, grow

KEYS = tuple(TRAJECTORIES)
FAITHFUL = alike(
    IDEAL, adherence=BASE.adherence
)  # with days off, as the run gate needs a morning without a session before


def along(case: Mapping, plan: PlanSpec, key: str, days: int) -> Case:
    """The coming days as somebody of this course answers who leaves no check-in out; the same each time."""
    first = date.fromisoformat(case["intake"]["started_on"])
    rng = Random(f"{key}/{days_of(case)}")
    runner = SimulatedRunner(rng, Body(rng, TRAJECTORIES[key].course), FAITHFUL, first, PLANNED)

    def told(state: State) -> Given | None:
        day = state.day + A_DAY
        answers = runner.day(day, place_of(state, day))
        ready = state.phase == "low_impact" and not state.readiness_passed
        return None if answers is None else Given(check_in_json(answers), ready=ready)

    return grow(case, plan, told, days)
