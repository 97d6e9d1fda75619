"""A plan put aside: it holds, it never hides a warning sign, and it ends by itself."""

from datetime import timedelta

import pytest

from recovery.rules.case_reading import read_case
from recovery.rules.decide import fold_day, start
from recovery.rules.facts import CheckInFact, DayFacts, InvalidFact, PauseFact
from recovery.rules.state import State
from tests.rules.notation import axis, case


@pytest.fixture
def ready(plan):
    """Somebody in rest whose next check-in at 4 or below moves on; their plan, intake and state."""
    read = read_case(case("P1, onset 1", "6/7/6/6"))
    state = start(plan, read.intake, read.start)
    state, _ = fold_day(plan, read.intake, state, DayFacts(axis(1), check_in=good(1, 6)))
    return plan, read.intake, state


def good(number: int, average: int = 3, **changes) -> CheckInFact:
    return CheckInFact(axis(number), average, average, average, average, **changes)


def lived(ready, days: dict[int, dict], through: int):
    """Folds the days from the second on; the state and every decision by day number."""
    plan, intake, state = ready
    decisions = {}
    for number in range(2, through + 1):
        state, decisions[number] = fold_day(plan, intake, state, DayFacts(axis(number), **days.get(number, {})))
    return state, decisions


def paused(number: int, until: int) -> dict:
    return {"pause": PauseFact(axis(number), axis(until))}


def test_without_a_pause_the_day_moves_on(ready):
    assert lived(ready, {2: {"check_in": good(2)}}, 2)[1][2].outcome == "advance"


def test_a_pause_holds_and_says_until_when(ready):
    decision = lived(ready, {2: paused(2, 5) | {"check_in": good(2)}}, 2)[1][2]
    assert (decision.outcome, decision.rule) == ("hold", "paused")
    assert decision.findings[0].figures == {"until": axis(5).isoformat()}


def test_it_ends_by_itself_on_its_day(ready):
    days = {2: paused(2, 4), 3: {"check_in": good(3)}, 4: {"check_in": good(4)}}
    outcomes = {number: decision.outcome for number, decision in lived(ready, days, 4)[1].items()}
    assert outcomes == {2: "no_check_in", 3: "hold", 4: "advance"}


def test_taken_up_sooner_it_moves_on_the_same_day(ready):
    days = {2: paused(2, 9), 3: {"pause_ended": True, "check_in": good(3)}}
    assert lived(ready, days, 3)[1][3].outcome == "advance"


def test_a_warning_sign_stops_the_plan_during_a_pause(ready):
    days = {2: paused(2, 9), 3: {"check_in": good(3, red_flags=("RF05",))}}
    assert lived(ready, days, 3)[1][3].outcome == "stop"


def test_a_worse_back_steps_back_during_a_pause(plan):
    read = read_case(case("P3, B 6, onset 1", "3/4/3/3"))
    state = start(plan, read.intake, read.start)
    days = [{"check_in": good(1)}, paused(2, 9) | {"check_in": good(2, 7)}, {"check_in": good(3, 8)}]
    for number, facts in enumerate(days, start=1):
        state, decision = fold_day(plan, read.intake, state, DayFacts(axis(number), **facts))
    assert decision.outcome == "step_back"


@pytest.mark.parametrize(("resumed", "told"), [(None, (11, 13, 16)), (6, (7, 9, 12))])
def test_silence_is_counted_from_the_day_the_plan_goes_on(ready, resumed, told):
    days = {2: paused(2, 10)} | ({resumed: {"pause_ended": True}} if resumed else {})
    decisions = lived(ready, days, 16)[1]
    raised = [number for number, decision in decisions.items() if any(code != "E9-soft" for code in decision.notices)]
    assert tuple(raised[:3]) == told


def test_two_weeks_without_a_word_still_ask_the_starting_questions(ready):
    decision = lived(ready, {2: paused(2, 20), 20: {"check_in": good(20)}}, 20)[1][20]
    assert decision.outcome == "reintake"


def test_a_state_in_a_pause_survives_json_and_one_without_is_written_as_before(ready):
    state, _ = lived(ready, {2: paused(2, 9)}, 2)
    assert State.from_json(state.to_json()) == state
    assert "paused_until" not in ready[2].to_json()


def test_a_pause_lasts_a_day_or_more():
    with pytest.raises(InvalidFact, match="until"):
        PauseFact(axis(2), axis(2))
    assert PauseFact(axis(2), axis(2) + timedelta(days=1))
