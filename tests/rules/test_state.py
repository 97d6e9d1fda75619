"""The state: small, exact after JSON, refused in another version."""

import json

import pytest

from recovery.rules.case_reading import read_case
from recovery.rules.replay import fold_case
from recovery.rules.state import STATE_VERSION, State, changed
from tests.rules.notation import case
from tests.rules.vignettes import VIGNETTES


@pytest.mark.parametrize("vignette", VIGNETTES, ids=[item.id for item in VIGNETTES])
def test_every_state_of_the_worked_cases_survives_json(plan, vignette):
    for state, _ in fold_case(read_case(case(vignette.start, vignette.history)), plan):
        assert State.from_json(json.loads(json.dumps(state.to_json(), allow_nan=False))) == state


def last_state(plan) -> State:
    """The state after some days."""
    return list(fold_case(read_case(case("P3, B 6, onset 1", "3/3/3/3 3/3/3/3")), plan))[-1][0]


def test_another_version_is_refused(plan):
    document = last_state(plan).to_json()
    assert document["version"] == STATE_VERSION
    for version in (0, None, STATE_VERSION + 1):
        with pytest.raises(ValueError, match=f"version: must be {STATE_VERSION}"):
            State.from_json({**document, "version": version})


def test_a_change_of_a_field_nobody_knows_is_refused(plan):
    with pytest.raises(TypeError, match="a state has no mood"):
        changed(last_state(plan), mood=3)


def test_a_month_of_answers_stays_small(plan):
    found = read_case(case("P4, B 6, onset 1", "(3/4/3/3+D2w 3/4/3/3)x60"))
    state = list(fold_case(found, plan))[-1][0]
    assert len(json.dumps(state.to_json())) < 20_000


def test_sessions_that_left_the_window_still_count(plan):
    text = "(2/3/2/2+D1w 2/3/2/2)x3 " + "2/3/2/2 " * 60
    found = list(fold_case(read_case(case("P4, B 6, onset 1", text)), plan))[-1][0]
    assert (found.tally.graded, found.tally.green_walks, found.tally.last) == (3, 3, ("green",) * 3)
    assert not any(record.check_in.session.took_place for record in found.window)
