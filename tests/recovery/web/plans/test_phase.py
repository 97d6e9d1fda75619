"""Editing a phase: its words, its rules and its exercises land in the draft, or nothing does."""

import pytest

from recovery.rules.facts import PHASES
from recovery.services.plan_documents import document_of

from .pages import address, fields, send

pytestmark = pytest.mark.django_db
PAGE = address("phase", "low_impact")
DAYS = "phases-low_impact-advance-0-0-days-value"
SIDE_BRIDGE = "prescriptions-low_impact-EX30-dose"


def stored(draft) -> dict:
    draft.refresh_from_db()
    return document_of(draft)


def order(draft, phase: str = "low_impact") -> list[str]:
    return [item["exercise"] for item in stored(draft)["prescriptions"][phase]]


def item(draft, code: str, phase: str = "low_impact") -> dict:
    return next(each for each in stored(draft)["prescriptions"][phase] if each["exercise"] == code)


@pytest.mark.parametrize("phase", PHASES)
def test_saving_an_untouched_page_changes_nothing(draft, browser, phase):
    before = stored(draft)
    assert send(browser, address("phase", phase)).status_code == 302
    assert stored(draft) == before


def test_a_number_of_a_rule_is_saved(draft, browser):
    send(browser, PAGE, **{DAYS: "5"})
    assert stored(draft)["phases"][3]["advance"][0][0]["days"]["value"] == 5
    assert stored(draft)["phases"][3]["advance"][0][0]["days"]["source"] == "S34"


def test_a_changed_number_says_what_it_was(draft, browser):
    send(browser, PAGE, **{DAYS: "5"})
    words = browser.get(PAGE).content.decode()
    assert "Was 7 in version 1" in words and "is-changed" in words and "1 change from version 1" in words


def test_each_number_shows_its_range_unit_and_full_source(draft, browser):
    words = browser.get(PAGE).content.decode()
    assert "5 to 14 days" in words and "George, Sheerin and Reid 2024" in words


def test_words_and_lines_are_saved(draft, browser):
    names = {name: f"phases-low_impact-{name}" for name in ("title", "goal", "allowed")}
    typed = {names["title"]: "Gentle power", names["goal"]: "Build.", names["allowed"]: "Bike\r\n\r\n Yoga "}
    send(browser, PAGE, **typed)
    phase = stored(draft)["phases"][3]
    assert (phase["title"], phase["goal"], phase["allowed"]) == ("Gentle power", "Build.", ["Bike", "Yoga"])


def test_a_dose_is_one_number_a_range_or_nothing(draft, browser):
    typed = {f"{SIDE_BRIDGE}-sets": "3", f"{SIDE_BRIDGE}-hold_seconds": "10 to 20", f"{SIDE_BRIDGE}-repeats": " "}
    send(browser, PAGE, **typed)
    assert item(draft, "EX30")["dose"] == {"sets": 3, "hold_seconds": 10, "hold_seconds_high": 20}


def test_weekdays_focus_and_note_are_saved(draft, browser):
    path = "prescriptions-low_impact-EX30"
    send(browser, PAGE, **{f"{path}-days": ["mon", "fri"], f"{path}-focus": [], f"{path}-dose-note": "Slowly."})
    changed = item(draft, "EX30")
    assert (changed["days"], changed["focus"], changed["dose"]["note"]) == (["mon", "fri"], False, "Slowly.")


def test_all_seven_days_mean_daily(draft, browser):
    send(browser, PAGE, **{"prescriptions-low_impact-EX30-days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]})
    assert item(draft, "EX30")["days"] == "daily"


def test_an_exercise_moves_down_and_up_again(draft, browser):
    first, second, *rest = order(draft)
    send(browser, PAGE, act=f"down:{first}")
    assert order(draft) == [second, first, *rest]
    send(browser, PAGE, act=f"up:{first}")
    assert order(draft) == [first, second, *rest]


def test_the_ends_of_the_list_stay_where_they_are(draft, browser):
    before = order(draft)
    send(browser, PAGE, act=f"up:{before[0]}")
    send(browser, PAGE, act=f"down:{before[-1]}")
    assert order(draft) == before


def test_what_was_typed_is_saved_with_the_move(draft, browser):
    send(browser, PAGE, act=f"down:{order(draft)[0]}", **{DAYS: "6"})
    assert stored(draft)["phases"][3]["advance"][0][0]["days"]["value"] == 6


def test_an_exercise_is_removed_from_its_phase_only(draft, browser):
    send(browser, PAGE, act="remove:EX30")
    assert "EX30" not in order(draft) and "EX30" in order(draft, "return_to_running")


def test_an_exercise_is_added_with_its_dose(draft, browser):
    typed = {"new_exercise": "EX48", "new_sets": "2–3", "new_minutes": "5", "new_days": ["mon"]}
    assert send(browser, PAGE, act="add", **typed).status_code == 302
    dose = {"sets": 2, "sets_high": 3, "minutes_low": 5, "minutes_high": 5}
    assert item(draft, "EX48") == {"exercise": "EX48", "focus": False, "days": ["mon"], "dose": dose}


LIGHT_PAGE = address("phase", "heat_cold")
MINIMUM = "phases-heat_cold-advance-0-0-days-value"
WARM_PACK = "prescriptions-heat_cold-EX05-dose"
REFUSED = {
    "a number above its range": ({MINIMUM: "15"}, "Enter a whole number from 2 to 4."),
    "a number below its range": ({MINIMUM: "-1"}, "Enter a whole number from 2 to 4."),
    "a word for a number": ({MINIMUM: "abc"}, "Enter a whole number from 2 to 4."),
    "half a day": ({MINIMUM: "2.5"}, "Enter a whole number from 2 to 4."),
    "no number": ({MINIMUM: ""}, "Enter a whole number from 2 to 4."),
    "no title": ({"phases-heat_cold-title": " "}, "Give the phase a title."),
    "a goal of many pages": ({"phases-heat_cold-goal": "x" * 5000}, "at most 1500 characters"),
    "a range upside down": ({f"{WARM_PACK}-sets": "5-3"}, "Enter a whole number from 1 to 20, or two like 8–12."),
    "too many sets": ({f"{WARM_PACK}-sets": "999"}, "Enter a whole number from 1 to 20, or two like 8–12."),
    "no weekday": ({"prescriptions-heat_cold-EX05-days": []}, "Choose at least one day."),
    "an unknown weekday": ({"prescriptions-heat_cold-EX05-days": ["someday"]}, "Choose days of the week."),
    "an unknown exercise": (
        {"act": "add", "new_exercise": "EX99", "new_sets": "1"},
        "EX99 is not an exercise in this plan&#x27;s library.",
    ),
    "an exercise twice": (
        {"act": "add", "new_exercise": "EX05", "new_sets": "1"},
        "This exercise is already in the phase.",
    ),
    "no exercise chosen": ({"act": "add"}, "Choose an exercise."),
    "an exercise without a dose": ({"act": "add", "new_exercise": "EX48"}, "Say how much"),
}


@pytest.mark.parametrize("typed, sentence", REFUSED.values(), ids=REFUSED.keys())
def test_a_refused_page_says_why_keeps_what_was_typed_and_writes_nothing(draft, browser, typed, sentence):
    before = stored(draft)
    goal = {"phases-heat_cold-goal": "Half written"} | typed
    page = send(browser, LIGHT_PAGE, **goal)
    assert page.status_code == 400 and sentence in page.content.decode()
    assert goal["phases-heat_cold-goal"] in page.content.decode()
    assert stored(draft) == before and draft.revision == 1


def test_a_fault_found_by_the_rules_stands_at_its_number(draft, browser):
    page = send(browser, PAGE, **{DAYS: "5", "phases-low_impact-advance-0-0-mild_days-value": "7"})
    assert page.context["form"].errors == {"phases-low_impact-advance-0-0-mild_days-value": ["Must be at most days."]}
    assert stored(draft)["phases"][3]["advance"][0][0]["days"]["value"] == 7


def test_a_fault_across_phases_names_the_phase(draft, browser):
    settled = "phases-gentle_stretching-advance-0-1-median-value"
    send(browser, PAGE, **{"phases-low_impact-step_back-0-average-value": "5"})
    page = send(browser, address("phase", "gentle_stretching"), **{settled: "4"})
    assert page.status_code == 400
    assert "Low-impact activity and strength, rules for stepping back: Its pain limit" in page.content.decode()


def test_a_phase_keeps_at_least_one_exercise(draft, browser):
    page = address("phase", "rest")
    *others, last = order(draft, "rest")
    for code in others:
        send(browser, page, act=f"remove:{code}")
    refused = send(browser, page, act=f"remove:{last}")
    assert refused.status_code == 400 and "has no exercise" in refused.content.decode()
    assert order(draft, "rest") == [last]


def test_markup_in_a_text_stays_a_text(draft, browser):
    send(browser, PAGE, **{"phases-low_impact-goal": "<script>alert(1)</script>"})
    words = browser.get(PAGE).content.decode() + browser.get(address("draft")).content.decode()
    assert "<script>alert(1)" not in words and "&lt;script&gt;alert(1)" in words


def test_a_page_sends_fewer_fields_than_a_request_may_carry(draft, browser, settings):
    sent = sum(map(len, fields(browser, PAGE).values()))
    assert sent < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS * 0.75
