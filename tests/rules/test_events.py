"""Clearances, new intakes, overrides, reviews and corrections: what they change and what they never do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from recovery.rules.decide import fold_day, start
from recovery.rules.facts import CheckInFact, ClearanceFact, DayFacts, IntakeFact, OverrideFact, SessionFact, StartFact
from recovery.rules.red_flags import FLAGS, most_urgent, stopping
from recovery.rules.replay import replay
from tests.rules.notation import axis, case
from tests.rules.strategies import FIRST, fold
from tests.rules.vignette_tools import last_day, on, raised, verdict

INTAKE = IntakeFact(FIRST, FIRST, None, 34, False, 5)
STOPPING = sorted(code for code, flag in FLAGS.items() if flag.stops)


def day(number: int) -> object:
    """Day n of the plan."""
    return FIRST + timedelta(days=number - 1)


def calm(number: int, score: int = 2, **changes) -> CheckInFact:
    """A quiet day."""
    return replace(CheckInFact(day(number), score, score, score, score), **changes)


def history(*facts: DayFacts, length: int, score: int = 2) -> list[DayFacts]:
    """Quiet days, some of them replaced."""
    special = {item.day: item for item in facts}
    return [special.get(day(n)) or DayFacts(day(n), calm(n, score)) for n in range(1, length + 1)]


def decisions(plan, begin: StartFact, facts: list[DayFacts]):
    """All decisions of a history."""
    return [decision for _, decision in fold(plan, INTAKE, begin, facts)]


@pytest.mark.parametrize("code", STOPPING)
def test_every_stopping_flag_stops_every_phase_on_the_same_day(plan, code):
    for place in ("P1", "P2", "P3", "P4", "P5 R3", "P6"):
        found = last_day(plan, f"{place}, B 5, onset -30", f"1/1/1/1 1/1/1/1!{code}")
        assert (found["outcome"], found["rule"], found["notices"]) == ("stop", "red_flag", [])


def test_severe_pain_is_a_hold_with_a_notice_and_no_stop(plan):
    found = last_day(plan, "P3, B 5, onset 1", "3/4/3/3 3/4/3/3!RF21")
    assert verdict(found) == ("hold", "gentle_stretching", None, "severe_pain")
    assert found["notices"] == ["E7"]


def test_the_most_urgent_of_several_flags_is_shown(plan):
    found = last_day(plan, "P3, B 5, onset 1", "3/4/3/3!RF16!RF11!RF03")
    assert found["findings"][0]["figures"] == {"flags": ["RF16", "RF11", "RF03"], "urgency": "EM"}
    assert most_urgent(()) is None
    assert stopping(("RF21", "CA2")) == ()


def test_a_stop_stays_through_good_days_and_silence(plan):
    found = replay(case("P3, B 5, onset 1", "3/4/3/3!RF11 0/0/0/0 - - - 0/0/0/0"), plan)
    assert [item["outcome"] for item in found] == ["stop", *["stopped"] * 5]
    assert [notice for item in found for notice in item["notices"]] == []


def test_a_flag_in_the_intake_stops_from_the_first_day(plan):
    flagged = case("P3, B 5, onset 1", "1/1/1/1 1/1/1/1")
    flagged["intake"]["red_flags"] = ["RF02"]
    assert [item["outcome"] for item in replay(flagged, plan)] == ["stop", "stopped"]


CLEARED = [
    # start, average after clearance, phase
    ("P3", 2, "gentle_stretching"),
    ("P3", 5, "heat_cold"),
    ("P3", 6, "rest"),
    ("P3", 0, "gentle_stretching"),
    ("P5 R4", 0, "low_impact"),
    ("P5 R4", 3, "gentle_stretching"),
    ("P6", 1, "low_impact"),
    ("P1", 0, "rest"),
]


@pytest.mark.parametrize(("place", "average", "phase"), CLEARED)
def test_after_a_clearance_the_more_careful_phase_holds(plan, place, average, phase):
    text = f"1/1/1/1!RF11 - {average}/{average}/1/1"
    found = last_day(plan, f"{place}, B 5, onset -30", text, clearances=on(2, by="doctor"))
    assert (found["phase"], found["run_level"], found["rule"]) == (phase, None, "clearance")
    assert found["outcome"] == ("hold" if found["from_phase"] == phase else "step_back")


def test_windows_start_again_after_a_clearance(plan):
    before = "3/4/3/3+D1 3/4/3/3+D1 3/4/3/3 3/4/3/3!RF11 "
    found = last_day(plan, "P3, B 5, onset 1", before + "3/4/3/3 3/4/3/3", clearances=on(5, by="doctor"))
    assert found["rule"] == "minimum_days"
    figures = {item["rule"]: item["figures"] for item in found["findings"]}
    assert figures["advance_median"]["averages"] == []
    assert figures["advance_sessions"]["graded"] == 0


def test_a_clearance_on_the_day_of_the_flag_releases_from_the_next_day(plan):
    found = replay(case("P3, B 5, onset 1", "1/1/1/1!RF11 1/1/1/1", clearances=on(1, by="doctor")), plan)
    assert [item["outcome"] for item in found] == ["stop", "hold"]
    assert found[1]["rule"] == "clearance"


def test_a_new_flag_on_the_day_of_a_clearance_stops_again(plan):
    text = "1/1/1/1!RF11 1/1/1/1!RF02 1/1/1/1"
    found = replay(case("P3, B 5, onset 1", text, clearances=on(2, by="doctor")), plan)
    assert [item["outcome"] for item in found] == ["stop", "stop", "stopped"]


def test_a_clearance_without_a_stop_changes_nothing(plan):
    plain = replay(case("P3, B 5, onset 1", "3/3/3/3 3/3/3/3"), plan)
    assert replay(case("P3, B 5, onset 1", "3/3/3/3 3/3/3/3", clearances=on(1, by="doctor")), plan) == plain


SILENT = "1/2/1/1 (-)x14 1/2/1/1 1/2/1/1"


def test_a_needed_intake_stays_needed(plan):
    found = replay(case("P5 R3, B 5, onset -30", SILENT), plan)
    assert [item["outcome"] for item in found[-2:]] == ["reintake", "reintake"]


@pytest.mark.parametrize(
    ("place", "average", "phase"),
    [
        ("P5 R3", 0, "low_impact"),
        ("P5 R3", 4, "heat_cold"),
        ("P4", 7, "rest"),
        ("P3", 0, "gentle_stretching"),
        ("P1", 1, "rest"),
    ],
)
def test_a_new_intake_leads_to_the_more_careful_phase(plan, place, average, phase):
    found = last_day(plan, f"{place}, B 5, onset -30", SILENT, intakes=on(17, average=average))
    assert (found["phase"], found["rule"]) == (phase, "new_intake")
    assert found["outcome"] == ("hold" if phase == found["from_phase"] else "step_back")


def test_a_new_intake_with_a_red_flag_stops(plan):
    flagged = on(17, average=2, red_flags=["RF05"])
    assert last_day(plan, "P4, B 5, onset -30", SILENT, intakes=flagged)["outcome"] == "stop"


def test_a_new_intake_does_not_release_a_stop(plan):
    text = "1/1/1/1!RF11 1/1/1/1 1/1/1/1"
    assert last_day(plan, "P4, B 5, onset -30", text, intakes=on(2, average=0))["outcome"] == "stopped"


def test_another_onset_starts_the_clocks_again(plan):
    late = "4/5/3/4 4/5/3/4 4/5/3/4 "
    assert raised(plan, "P3, B 5, onset -40", late) == ["E2", "E3"]
    again = on(4, average=4, onset_on=axis(3).isoformat())
    assert raised(plan, "P3, B 5, onset -40", late + late, intakes=again) == ["E2", "E3"]


def test_an_override_holds_its_place_and_lapses_by_itself(plan):
    override = OverrideFact(day(2), "return_to_running", "R2", day(4))
    found = decisions(plan, StartFact("low_impact"), history(DayFacts(day(2), calm(2), override=override), length=6))
    assert [(item.outcome, item.phase, item.run_level) for item in found[:5]] == [
        ("hold", "low_impact", None),
        ("hold", "return_to_running", "R2"),
        ("hold", "return_to_running", "R2"),
        ("hold", "return_to_running", "R2"),
        ("step_back", "low_impact", None),
    ]
    assert [item.rule for item in found][1:5:3] == ["override", "override_lapsed"]


def test_an_override_downwards_leaves_the_patient_there(plan):
    override = OverrideFact(day(2), "heat_cold", None, day(2))
    facts = history(DayFacts(day(2), calm(2, 5), override=override), length=3, score=5)
    found = decisions(plan, StartFact("gentle_stretching"), facts)
    assert [(item.outcome, item.phase) for item in found[1:]] == [("step_back", "heat_cold"), ("hold", "heat_cold")]


def test_a_red_session_on_the_day_of_an_override_keeps_its_level_and_brings_run_free_days(plan):
    override = OverrideFact(day(2), "return_to_running", "R4", day(9))
    facts = history(
        DayFacts(day(1), calm(1, session=SessionFact("done", 1))),
        DayFacts(day(2), calm(2, 4), override=override),
        length=2,
    )
    state, found = fold(plan, INTAKE, StartFact("low_impact"), facts)[-1]
    assert (found.outcome, found.run_level, found.rule) == ("hold", "R4", "override")
    assert state.run_free_until == day(4)


def test_an_override_can_be_withdrawn(plan):
    override = OverrideFact(day(2), "return_to_running", "R2", day(9))
    facts = history(
        DayFacts(day(2), calm(2), override=override),
        DayFacts(day(4), calm(4), override_withdrawn=True),
        length=4,
    )
    assert decisions(plan, StartFact("low_impact"), facts)[-1].phase == "low_impact"


def test_pain_ends_an_override(plan):
    override = OverrideFact(day(2), "return_to_running", "R2", day(9))
    facts = history(
        DayFacts(day(2), calm(2), override=override),
        DayFacts(day(3), calm(3, 5)),
        DayFacts(day(4), calm(4, 5)),
        length=4,
    )
    found = decisions(plan, StartFact("low_impact"), facts)[-1]
    assert (found.outcome, found.phase, found.rule) == ("step_back", "low_impact", "step_back_pain")


def test_an_override_never_releases_a_stop_nor_acts_on_its_day(plan):
    flagged = calm(2, red_flags=("RF11",))
    override = OverrideFact(day(2), "return_to_running", "R2", day(9))
    for first in (flagged, calm(2)):
        facts = history(
            DayFacts(day(1), flagged and replace(flagged, day=day(1)) if first != flagged else calm(1)),
            DayFacts(day(2), first, override=override),
            length=2,
        )
        found = decisions(plan, StartFact("low_impact"), facts)[-1]
        assert (found.outcome in ("stop", "stopped"), found.phase) == (True, "low_impact")
        assert "override_ignored" in {item.rule for item in found.findings}


def test_an_override_does_not_count_as_recovery(plan):
    override = OverrideFact(day(2), "return_to_running", "R2", day(9))
    facts = history(DayFacts(day(2), calm(2), override=override), length=3)
    assert not fold(plan, INTAKE, StartFact("low_impact"), facts)[-1][0].recovered


def test_an_override_lapses_on_a_silent_day_too(plan):
    override = OverrideFact(day(1), "return_to_running", "R2", day(2))
    facts = [DayFacts(day(1), calm(1), override=override), DayFacts(day(2)), DayFacts(day(3))]
    found = decisions(plan, StartFact("low_impact"), facts)[-1]
    assert (found.outcome, found.phase, found.checked_in) == ("step_back", "low_impact", False)


def test_a_corrected_session_counts_from_the_day_it_became_known(plan):
    worse = calm(1, session=SessionFact("done", 7))
    facts = history(DayFacts(day(3), calm(3), amendments=(worse,)), length=3)
    facts[0] = DayFacts(day(1), calm(1, session=SessionFact("done", 1)))
    found = decisions(plan, StartFact("gentle_stretching"), facts)
    assert [item.rule for item in found] == ["minimum_days", "minimum_days", "red_session"]
    assert found[2].findings[0].figures["session_on"] == ["2026-03-01"]


def test_a_correction_never_takes_an_advance_back(plan):
    facts = history(length=3, score=5)
    worse = calm(1, 9)
    facts.append(DayFacts(day(4), calm(4, 5), amendments=(worse,)))
    found = decisions(plan, StartFact("heat_cold"), facts)
    assert [item.phase for item in found] == ["heat_cold", "heat_cold", "gentle_stretching", "gentle_stretching"]


def test_a_red_flag_that_became_known_late_stops_today(plan):
    late = calm(1, red_flags=("RF11",))
    for answers in (calm(3), None):
        facts = history(DayFacts(day(3), answers, amendments=(late,)), length=3)
        found = decisions(plan, StartFact("gentle_stretching"), facts)[-1]
        assert (found.outcome, found.checked_in) == ("stop", answers is not None)


def test_a_correction_that_takes_a_flag_back_does_not_release_the_stop(plan):
    facts = history(DayFacts(day(1), calm(1, red_flags=("RF11",))), length=2)
    facts.append(DayFacts(day(3), calm(3), amendments=(calm(1),)))
    assert decisions(plan, StartFact("gentle_stretching"), facts)[-1].outcome == "stopped"


def test_corrections_change_the_baseline_of_the_first_days(plan):
    facts = history(DayFacts(day(4), calm(4), amendments=(calm(1, 6), calm(2, 6))), length=4)
    states = [state for state, _ in fold(plan, INTAKE, None, facts)]
    assert [state.baseline for state in states] == [5, 5, 2, 6]


def test_a_correction_of_a_day_nobody_entered_is_left_out(plan):
    facts = [DayFacts(day(1), calm(1)), DayFacts(day(2)), DayFacts(day(3), calm(3), amendments=(calm(2, 9),))]
    assert [record.day for record in fold(plan, INTAKE, None, facts)[-1][0].window] == [day(1), day(3)]


def test_another_plan_version_with_fewer_levels_keeps_the_highest_it_has(plan):
    short = replace(plan, run_levels=plan.run_levels[:4])
    state = start(plan, INTAKE, StartFact("return_to_running", "R7"))
    state, decision = fold_day(short, INTAKE, state, DayFacts(day(1), calm(1, 1), plan_moved=True))
    assert (state.run_level, decision.outcome) == ("R4", "hold")


def with_minutes(plan, change):
    """The plan with other minutes of running on each level."""
    levels = tuple(replace(each, run_minutes=change(each.run_minutes)) for each in plan.run_levels)
    return replace(plan, run_levels=levels)


def test_another_plan_version_never_brings_more_running_than_the_level_left(plan):
    harder = replace(
        plan, run_levels=tuple(replace(each, run_minutes=each.run_minutes + 3) for each in plan.run_levels)
    )
    state = start(plan, INTAKE, StartFact("return_to_running", "R4"))
    left = tuple((level.key, level.run_minutes) for level in plan.run_levels)
    moved = DayFacts(day(1), calm(1, 1), plan_moved=True, left_levels=left)
    state, decision = fold_day(harder, INTAKE, state, moved)
    minutes = {level.key: level.run_minutes for level in harder.run_levels}
    assert minutes[state.run_level] <= dict(left)["R4"] and state.level_from == day(1)
    found = next(finding for finding in decision.findings if finding.rule == "plan_moved")
    assert found.figures == {"from": "R4", "to": state.run_level}


def test_an_easier_ladder_raises_nobody_s_level(plan):
    easier = with_minutes(plan, lambda minutes: 1)
    left = tuple((level.key, level.run_minutes) for level in plan.run_levels)
    state = start(plan, INTAKE, StartFact("return_to_running", "R4"))
    state, _ = fold_day(easier, INTAKE, state, DayFacts(day(1), calm(1, 1), plan_moved=True, left_levels=left))
    assert state.run_level == "R4"


def test_the_level_under_an_override_moves_to_the_other_ladder_too(plan):
    override = OverrideFact(day(1), "low_impact", None, day(3))
    harder = replace(
        plan, run_levels=tuple(replace(each, run_minutes=each.run_minutes + 3) for each in plan.run_levels)
    )
    left = tuple((level.key, level.run_minutes) for level in plan.run_levels)
    state = start(plan, INTAKE, StartFact("return_to_running", "R4"))
    state, _ = fold_day(plan, INTAKE, state, DayFacts(day(1), override=override))
    state, _ = fold_day(harder, INTAKE, state, DayFacts(day(2), plan_moved=True, left_levels=left))
    minutes = {level.key: level.run_minutes for level in harder.run_levels}
    assert minutes[state.departure.base_run_level] <= dict(left)["R4"]


def test_days_are_folded_one_after_the_other(plan):
    with pytest.raises(ValueError, match="day: must be 2026-03-01"):
        fold_day(plan, INTAKE, start(plan, INTAKE), DayFacts(day(2)))


def test_a_clearance_names_who_gave_it(plan):
    facts = [
        DayFacts(day(1), calm(1, red_flags=("RF11",))),
        DayFacts(day(2), clearance=ClearanceFact(day(2), "doctor")),
    ]
    found = decisions(plan, StartFact("gentle_stretching"), facts)[-1]
    assert found.outcome == "no_check_in"
    assert {item.rule: item.figures for item in found.findings}["clearance"] == {"by": "doctor"}
