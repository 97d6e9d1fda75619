"""A stricter limit for one patient: asks for more, says so, lapses by itself, never leads to more than the plan."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.rules.decide import fold_day
from recovery.rules.facts import DayFacts, InvalidFact, TighteningFact
from recovery.rules.moves import place_of
from recovery.rules.plan_checks import check_plan
from recovery.rules.replay import InvalidCase, replay
from recovery.rules.running import may_run
from recovery.rules.state import State, changed
from recovery.rules.tightening import limits_of, tightened_plan
from tests.rules.notation import axis, case
from tests.rules.strategies import FIRST, check_ins, days, fold, intakes, starts
from tests.rules.vignette_tools import last_day, on

LATE = FIRST + timedelta(days=400)
READY = ("P3, B 5, onset 1", "3/4/3/3+D2 3/4/3/3+D2 3/4/3/3 3/4/3/3")
MEDIAN = {"phase": "gentle_stretching", "condition": "advance_median", "parameter": "median", "limit": 2}


def wishes(plan):
    """Any stricter number for any limit of the plan, in force all the time."""

    def numbers(limit):
        ends = sorted((limit.quantity.value, limit.strictest))
        chosen = [number for number in range(ends[0], ends[1] + 1) if limit.is_stricter(number)]
        return st.sampled_from(chosen).map(
            lambda number: TighteningFact(FIRST, *limit.place[:3], number, LATE, limit.leads_to)
        )

    return st.lists(st.sampled_from(list(limits_of(plan))).flatmap(numbers), min_size=1, max_size=6)


@given(intakes(), starts(), days(), st.data())
def test_from_the_same_day_a_stricter_limit_never_leads_further_than_the_plan(plan, intake, begin, history, data):
    chosen = tuple({item.place: item for item in data.draw(wishes(plan))}.values())
    state = changed(fold(plan, intake, begin, history)[-1][0], tightenings=())
    today = FIRST + timedelta(days=len(history))
    facts = DayFacts(today, data.draw(check_ins(today)))
    after, decision = fold_day(plan, intake, state, facts)
    strict, held = fold_day(plan, intake, changed(state, tightenings=chosen), facts)
    assert place_of(strict.phase, strict.run_level) <= place_of(after.phase, after.run_level)
    assert decision.outcome in ("advance", "level_up") or held.outcome not in ("advance", "level_up")
    tomorrow = today + timedelta(days=1)
    assert may_run(after, tomorrow) or not may_run(strict, tomorrow)


@given(st.data())
def test_no_number_ever_leaves_the_range_the_plan_allows(plan, data):
    limit = data.draw(st.sampled_from(list(limits_of(plan))))
    wild = TighteningFact(FIRST, *limit.place[:3], data.draw(st.integers(0, 28)), LATE, limit.leads_to)
    phase = tightened_plan(plan, [wild]).phase(limit.phase)
    for criterion in (*(item for way in phase.advance for item in way), *phase.step_back):
        for item in criterion.parameters.values():
            assert item.lowest <= item.value <= item.highest


@given(intakes(), starts(), days())
def test_a_history_without_one_keeps_a_state_without_a_trace(plan, intake, begin, history):
    assert "tightenings" not in fold(plan, intake, begin, history)[-1][0].to_json()


def test_a_state_with_one_is_the_same_after_a_round_trip(plan):
    given_, last = case(*READY, tightenings=on(1, **MEDIAN, until=axis(30).isoformat())), None
    assert [day["outcome"] for day in replay(given_, plan)][-1] == "hold"
    fact = TighteningFact(FIRST, *MEDIAN.values(), FIRST)
    state = changed(_any_state(plan), tightenings=(fact,))
    last = State.from_json(json.loads(json.dumps(state.to_json())))
    assert last.tightenings == (fact,)


def _any_state(plan):
    from recovery.rules.decide import start
    from tests.rules.test_events import INTAKE

    return start(plan, INTAKE)


def test_the_plan_moves_on_where_the_stricter_limit_holds_and_says_so(plan):
    assert last_day(plan, *READY)["outcome"] == "advance"
    found = last_day(plan, *READY, tightenings=on(1, **MEDIAN, until=axis(30).isoformat()))
    assert (found["outcome"], found["rule"]) == ("hold", "advance_median")
    why = found["findings"][0]
    assert (why["limits"]["median"], why["figures"]["plan_limits"]) == (2, {"median": 3})


def test_it_lapses_by_itself_the_day_after_its_end(plan):
    held = last_day(plan, *READY, tightenings=on(1, **MEDIAN, until=axis(4).isoformat()))
    free = last_day(plan, *READY, tightenings=on(1, **MEDIAN, until=axis(3).isoformat()))
    assert (held["outcome"], free["outcome"]) == ("hold", "advance")
    assert "tightening_ended" in [finding["rule"] for finding in free["findings"]]


def test_a_newer_one_takes_the_place_of_an_older(plan):
    twice = [*on(1, **MEDIAN, until=axis(30).isoformat()), *on(4, **{**MEDIAN, "limit": 3}, until=axis(30).isoformat())]
    assert last_day(plan, *READY, tightenings=twice)["outcome"] == "advance"


def test_a_looser_number_changes_nothing(plan):
    found = last_day(plan, *READY, tightenings=on(1, **{**MEDIAN, "limit": 4}, until=axis(30).isoformat()))
    assert found["outcome"] == "advance"


def test_a_longer_stay_also_ends_the_shorter_one_after_a_mild_start(plan):
    place = {"phase": "low_impact", "condition": "minimum_days", "parameter": "days"}
    found = last_day(
        plan, "P4, B 2, onset 1", "1/1/1/1", tightenings=on(1, **place, limit=10, until=axis(30).isoformat())
    )
    stay = next(finding for finding in found["findings"] if finding["rule"] == "minimum_days")
    assert (stay["figures"]["needed"], stay["figures"]["plan_limits"]) == (10, {"days": 7})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phase": "nowhere"}, "phase"),
        ({"condition": "run_gate_readiness"}, "condition"),
        ({"parameter": "count"}, "parameter"),
        ({"limit": 2.5}, "limit"),
        ({"limit": 29}, "limit"),
        ({"until": "2020-01-01"}, "until"),
        ({"leads_to": "home"}, "leads_to"),
    ],
)
def test_nonsense_is_refused_by_its_field(plan, changes, field):
    item = {**MEDIAN, "until": axis(30).isoformat(), **changes}
    with pytest.raises((InvalidFact, InvalidCase), match=field):
        replay(case(*READY, tightenings=on(1, **item)), plan)


def test_the_shipped_plan_stays_whole_with_each_of_its_strictest_limits_but_where_it_would_bounce(plan):
    faulty = [
        limit.place
        for limit in limits_of(plan)
        if check_plan(
            tightened_plan(plan, [TighteningFact(FIRST, *limit.place[:3], limit.strictest, LATE, limit.leads_to)])
        )
    ]
    assert all(condition.startswith("step_back") for _, condition, _, _ in faulty)
