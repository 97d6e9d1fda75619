"""A good case with one thing spoiled: the refusal names the field and what is allowed."""

import copy
import json
import math
from datetime import date
from typing import Any

import pytest

from recovery.rules.case_reading import a_date, read_case
from recovery.rules.checks import EARLIEST_DAY, LATEST_DAY
from recovery.rules.replay import InvalidCase, replay
from tests.rules.notation import case

GOOD = case("P3, B 6, onset 1", "3/4/3/3+D2 3/4/3/3 3/4/3/3+D2")

SPOILED = [
    (("check_ins", 0, "average"), 11, "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 0, "average"), -1, "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 0, "average"), 3.0, "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 0, "average"), True, "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 0, "average"), None, "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 0, "average"), "3", "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 0, "average"), math.nan, "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 0, "average"), 10**400, "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 0, "average"), [], "check_ins[0].average: must be a whole number from 0 to 10"),
    (("check_ins", 1, "worst"), 2, "check_ins[1].worst: must be a whole number from 3 (the average) to 10"),
    (("check_ins", 1, "morning"), 12, "check_ins[1].morning: must be a whole number from 0 to 10"),
    (("check_ins", 1, "function"), {}, "check_ins[1].function: must be a whole number from 0 to 10"),
    (
        ("check_ins", 1, "yesterday_morning"),
        11,
        "check_ins[1].yesterday_morning: must be a whole number from 0 to 10 or nothing",
    ),
    (("check_ins", 1, "medicine"), "some", "check_ins[1].medicine: must be one of none, otc, prescribed"),
    (("check_ins", 1, "medicine"), None, "check_ins[1].medicine: must be one of none, otc, prescribed"),
    (("check_ins", 1, "woken"), 1, "check_ins[1].woken: must be true or false"),
    (
        ("check_ins", 1, "red_flags"),
        ["RF99"],
        "check_ins[1].red_flags: must be a list of different codes from RF01 to CA5",
    ),
    (
        ("check_ins", 1, "red_flags"),
        ["RF01", "RF01"],
        "check_ins[1].red_flags: must be a list of different codes from RF01 to CA5",
    ),
    (("check_ins", 1, "red_flags"), "RF01", "check_ins[1].red_flags: must be a list of codes"),
    (("check_ins", 1, "red_flags"), [1], "check_ins[1].red_flags: must be a list of codes"),
    (("check_ins", 1, "day"), "2026-03-01", "check_ins[1].day: must be after 2026-03-01"),
    (("check_ins", 0, "day"), "2026-02-28", "check_ins[0].day: must be a day from 2026-03-01 (started_on) on"),
    (("check_ins", 0, "day"), "1.3.2026", "check_ins[0].day: must be a day as YYYY-MM-DD"),
    (("check_ins", 0, "day"), "2026-02-30", "check_ins[0].day: must be a day as YYYY-MM-DD"),
    (("check_ins", 0, "day"), "9999-01-01", "check_ins[0].day: must be a day as YYYY-MM-DD"),
    (("check_ins", 0, "day"), None, "check_ins[0].day: must be a day from 1900-01-01 to"),
    (("check_ins", 0, "session", "status"), "maybe", "check_ins[0].session.status: must be one of none, done"),
    (("check_ins", 0, "session", "pain"), None, "check_ins[0].session.pain: must be a whole number from 0 to 10"),
    (("check_ins", 0, "session", "stopped"), "no", "check_ins[0].session.stopped: must be true or false"),
    (("check_ins", 1, "session", "pain"), 2, "check_ins[1].session.pain: must be empty unless the session is"),
    (("check_ins", 1, "session", "stopped"), True, "check_ins[1].session.stopped: must be false unless"),
    (("check_ins", 1, "session", "brisk_walk"), True, "check_ins[1].session.brisk_walk: must be false unless"),
    (("check_ins", 1, "session"), [], "check_ins[1].session: must be an object"),
    (("check_ins", 1, "red_flag"), [], "check_ins[1].red_flag: is not known; allowed are"),
    (("check_ins", 1), 7, "check_ins[1]: must be an object"),
    (("check_ins",), {}, "check_ins: must be a list"),
    (("intake", "age"), 12, "intake.age: must be a whole number from 16 to 120"),
    (("intake", "average"), None, "intake.average: must be a whole number from 0 to 10"),
    (("intake", "first_episode"), "no", "intake.first_episode: must be true or false"),
    (("intake", "onset_on"), "2026-03-02", "intake.onset_on: must be a day up to 2026-03-01 (started_on)"),
    (("intake", "last_run_on"), "2026-03-02", "intake.last_run_on: must be a day up to 2026-03-01"),
    (("intake", "started_on"), 20260301, "intake.started_on: must be a day as YYYY-MM-DD"),
    (("intake",), None, "intake: must be an object"),
    (("start", "phase"), "running", "start.phase: must be one of rest, heat_cold"),
    (("start", "phase"), "return_to_running", "start.run_level: must be one of R1, R2"),
    (("start", "run_level"), "R3", "start.run_level: must be empty unless"),
    (("start", "baseline"), 11, "start.baseline: must be a number from 0 to 10 or nothing"),
    (("start", "baseline"), math.nan, "start.baseline: must be a number from 0 to 10 or nothing"),
    (("start", "recovered"), None, "start.recovered: must be true or false"),
    (("start",), "P3", "start: must be an object"),
    (("readiness_passed_on",), "soon", "readiness_passed_on: must be a day as YYYY-MM-DD"),
    (("clearances",), "none", "clearances: must be a list"),
    (("clearances",), [{"day": "2026-03-02"}], "clearances[0].by: is missing"),
    (("clearances",), [{"day": "2026-03-02", "by": " "}], "clearances[0].by: must be a text of 1 to 200"),
    (("as_of",), "2026-02-28", "as_of: must be a day from 2026-03-01 (started_on) to"),
    (("as_of",), "2150-01-01", "as_of: must be a day from 2026-03-01 (started_on) to"),
    (("as_of",), None, "as_of: must be a day as YYYY-MM-DD"),
    (("intakes",), [{"day": "2026-03-02"}], "intakes[0].average: is missing"),
    (("overrides",), [{"day": "2026-03-02", "phase": "rest", "until": "2026-03-01"}], "overrides[0].until: must"),
    (("reviews",), [{}], "reviews[0].day: is missing"),
    (("clearence",), [], "clearence: is not known; allowed are"),
]


def spoiled(path: tuple, value: object) -> dict:
    """The good case with one value put in the given place."""
    found = copy.deepcopy(GOOD)
    place: Any = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return found


@pytest.mark.parametrize(("path", "value", "sentence"), SPOILED)
def test_one_bad_value_is_refused_by_name(plan, path, value, sentence):
    with pytest.raises(InvalidCase) as refusal:
        replay(spoiled(path, value), plan)
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["intake", "check_ins", "as_of"])
def test_a_missing_part_is_named(plan, name):
    found = {key: value for key, value in GOOD.items() if key != name}
    with pytest.raises(InvalidCase, match=f"^{name}: is missing$"):
        replay(found, plan)


@pytest.mark.parametrize("name", ["day", "average", "worst", "morning", "function"])
def test_a_missing_answer_is_named(plan, name):
    found = copy.deepcopy(GOOD)
    del found["check_ins"][2][name]
    with pytest.raises(InvalidCase, match=rf"^check_ins\[2\]\.{name}: is missing$"):
        replay(found, plan)


@pytest.mark.parametrize("document", [None, [], "case", 3])
def test_anything_but_an_object_is_refused(plan, document):
    with pytest.raises(InvalidCase, match="^case: must be an object$"):
        replay(document, plan)


def test_the_good_case_is_accepted_and_gives_plain_json(plan):
    days = replay(GOOD, plan)
    assert [day["day"] for day in days] == ["2026-03-01", "2026-03-02", "2026-03-03"]
    assert json.loads(json.dumps(days, allow_nan=False)) == days
    assert set(days[0]) == {
        "day",
        "outcome",
        "phase",
        "run_level",
        "from_phase",
        "rule",
        "findings",
        "notices",
        "checked_in",
    }


def test_optional_answers_may_be_left_out(plan):
    short = copy.deepcopy(GOOD)
    answers = short["check_ins"][1]
    short["check_ins"][1] = {name: answers[name] for name in ("day", "average", "worst", "morning", "function")}
    assert replay(short, plan) == replay(GOOD, plan)


def test_check_ins_after_the_as_of_day_are_not_yet_known(plan):
    later = {**GOOD, "as_of": "2026-03-02"}
    assert replay(later, plan) == replay(GOOD, plan)[:2]


def test_without_a_start_the_entry_rule_decides(plan):
    days = replay({**GOOD, "start": None}, plan)
    assert days[0]["from_phase"] == "rest"


def test_a_case_may_last_ten_years_and_no_day_longer(plan):
    assert read_case({**GOOD, "as_of": "2036-03-01"}).as_of == date(2036, 3, 1)
    with pytest.raises(InvalidCase, match="^as_of: must be a day from 2026-03-01 .* to 2036-03-01$"):
        read_case({**GOOD, "as_of": "2036-03-02"})


@pytest.mark.parametrize("day", [EARLIEST_DAY, LATEST_DAY])
def test_the_first_and_the_last_day_there_are_can_be_named(day):
    assert a_date("day", day.isoformat()) == day


def test_an_unknown_name_is_shown_up_to_its_fortieth_letter(plan):
    with pytest.raises(InvalidCase, match=f"^{'x' * 40}: is not known"):
        replay({**GOOD, "x" * 60: 1}, plan)
