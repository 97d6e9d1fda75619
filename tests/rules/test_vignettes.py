"""Worked cases W01-W40, each decided on its last day."""

import pytest

from recovery.rules.replay import replay
from tests.rules.notation import PHASES, case
from tests.rules.vignettes import VIGNETTES, Vignette


@pytest.mark.parametrize("vignette", VIGNETTES, ids=[f"{item.id} {item.changed}" for item in VIGNETTES])
def test_the_last_day_is_decided_as_a_physiotherapist_would(plan, vignette: Vignette):
    days = replay(case(vignette.start, vignette.history), plan)
    last = days[-1]
    found = (last["outcome"], last["phase"], last["run_level"], last["rule"])
    assert found == (vignette.outcome, PHASES[vignette.phase], vignette.run_level, vignette.rule)
    assert [notice for day in days for notice in day["notices"]] == list(vignette.notices)


@pytest.mark.parametrize("vignette", VIGNETTES, ids=[item.id for item in VIGNETTES])
def test_no_phase_changes_before_the_last_day(plan, vignette: Vignette):
    days = replay(case(vignette.start, vignette.history), plan)
    assert {day["phase"] for day in days[:-1]} <= {PHASES[vignette.start[:2]]}
