"""Facts refuse nonsense when they are built and say what is allowed."""

from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime, timedelta

import pytest

from recovery.rules.facts import (
    CheckInFact,
    ClearanceFact,
    DayFacts,
    IntakeFact,
    InvalidFact,
    OverrideFact,
    SessionFact,
    StartFact,
)

DAY = date(2026, 3, 1)
CHECK_IN = CheckInFact(DAY, 3, 4, 3, 3)
INTAKE = IntakeFact(DAY, DAY, None, 34, False, 5)


@pytest.mark.parametrize(
    ("good", "change", "sentence"),
    [
        (CHECK_IN, {"average": 11}, "average: must be a whole number from 0 to 10"),
        (CHECK_IN, {"average": True}, "average: must be a whole number from 0 to 10"),
        (CHECK_IN, {"worst": 2}, "worst: must be a whole number from 3 (the average) to 10"),
        (CHECK_IN, {"mood": 11}, "mood: must be a whole number from 0 to 10 or nothing"),
        (CHECK_IN, {"day": datetime(2026, 3, 1)}, "day: must be a day from 1900-01-01 to 2200-12-31"),
        (CHECK_IN, {"day": date(1, 1, 1)}, "day: must be a day from 1900-01-01 to 2200-12-31"),
        (CHECK_IN, {"session": None}, "session: must be a session"),
        (CHECK_IN, {"red_flags": ["RF01"]}, "red_flags: must be a list of different codes from RF01 to CA5"),
        (INTAKE, {"age": 15}, "age: must be a whole number from 16 to 120"),
        (INTAKE, {"onset_on": DAY + timedelta(days=1)}, "onset_on: must be a day up to 2026-03-01 (started_on)"),
        (INTAKE, {"cautions": ("RF01",)}, "cautions: must be a list of different codes from CA1 to CA5"),
        (SessionFact(), {"status": "half"}, "session.status: must be one of none, done, part, skipped"),
        (SessionFact(), {"pain": 2}, "session.pain: must be empty unless the session is done or part"),
        (SessionFact(), {"brisk_walk": True}, "session.brisk_walk: must be false unless the session is done or part"),
        (SessionFact("done", 2), {"pain": None}, "session.pain: must be a whole number from 0 to 10"),
        (StartFact("rest"), {"phase": "bed"}, "phase: must be one of rest, heat_cold"),
        (StartFact("rest"), {"run_level": "R1"}, "run_level: must be empty unless the phase is return_to_running"),
        (StartFact("rest"), {"baseline": float("nan")}, "baseline: must be a number from 0 to 10 or nothing"),
        (ClearanceFact(DAY, "doctor"), {"by": ""}, "by: must be a text of 1 to 200 characters"),
        (OverrideFact(DAY, "rest", None, DAY), {"until": DAY - timedelta(days=1)}, "until: must be a day from 2026"),
        (DayFacts(DAY), {"check_in": replace(CHECK_IN, day=DAY + timedelta(days=1))}, "check_in.day: must be 2026"),
        (DayFacts(DAY), {"amendments": (CHECK_IN,)}, "amendments: must be about days before 2026-03-01"),
        (DayFacts(DAY), {"review": None}, "review: must be true or false"),
    ],
)
def test_a_good_fact_with_one_bad_value_is_refused(good, change, sentence):
    with pytest.raises(InvalidFact) as refusal:
        replace(good, **change)
    assert str(refusal.value).startswith(sentence)
    assert str(refusal.value) == f"{refusal.value.field}: {refusal.value.allowed}"


def test_facts_never_change():
    with pytest.raises(FrozenInstanceError):
        CHECK_IN.average = 0


@pytest.mark.parametrize(
    ("status", "took_place"), [("none", False), ("skipped", False), ("part", True), ("done", True)]
)
def test_a_session_took_place_when_any_of_it_was_done(status, took_place):
    assert SessionFact(status, 2 if took_place else None).took_place is took_place
