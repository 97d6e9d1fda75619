"""Plan-wide numbers, run levels and the exercise library of a draft."""

import pytest

from recovery.rules.thresholds import THRESHOLDS
from recovery.services.plan_documents import document_of
from recovery.web.plans.threshold_names import THRESHOLD_NAMES

from .pages import address, send

pytestmark = pytest.mark.django_db


def stored(draft) -> dict:
    draft.refresh_from_db()
    return document_of(draft)


@pytest.mark.parametrize("page", [("thresholds",), ("levels",), ("exercise", "EX05")], ids=lambda page: page[0])
def test_saving_an_untouched_page_changes_nothing(draft, browser, page):
    before = stored(draft)
    assert send(browser, address(*page)).status_code == 302
    assert stored(draft) == before


def test_every_threshold_has_a_name(db):
    assert set(THRESHOLD_NAMES) == set(THRESHOLDS)


def test_a_plan_wide_number_is_saved(draft, browser):
    send(browser, address("thresholds"), **{"thresholds-e2_days-value": "21"})
    assert stored(draft)["thresholds"]["e2_days"]["value"] == 21


def test_a_ratio_may_have_a_fraction(draft, browser):
    send(browser, address("thresholds"), **{"thresholds-longest_run_cap-value": "1.05"})
    assert stored(draft)["thresholds"]["longest_run_cap"]["value"] == 1.05


def test_a_number_whose_range_is_one_value_has_no_input(draft, browser):
    page = browser.get(address("thresholds"))
    assert "thresholds-spike_min-value" not in page.context["form"].fields


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"thresholds-e2_days-value": "29"}, "Enter a whole number from 14 to 28."),
        ({"thresholds-longest_run_cap-value": "nan"}, "Enter a number from"),
        ({"thresholds-e2_days-value": "14"}, "Must be below “Days since the pain began before the clinic is told”."),
    ],
    ids=["out of range", "no number", "out of order"],
)
def test_a_refused_number_says_why_at_the_number_and_writes_nothing(draft, browser, typed, sentence):
    before = stored(draft)
    page = send(browser, address("thresholds"), **typed)
    assert page.status_code == 400 and sentence in page.content.decode()
    assert not page.context["form"].non_field_errors() and stored(draft) == before


def test_the_minutes_of_a_run_level_follow_its_session(draft, browser):
    send(browser, address("levels"), **{"run_levels-R1-sets-0-repeats": "7"})
    assert stored(draft)["run_levels"][0]["run_minutes"] == 7
    assert "Was 6 times 1 min run, 4 min walk in version 1" in browser.get(address("levels")).content.decode()


def test_a_level_never_runs_less_than_the_one_before(draft, browser):
    page = send(browser, address("levels"), **{"run_levels-R2-sets-0-repeats": "1"})
    assert page.status_code == 400 and stored(draft)["run_levels"][1]["run_minutes"] == 12


def test_the_start_of_the_ladder_is_saved(draft, browser):
    send(browser, address("levels"), **{"start_levels-R3-within_days-value": "10"})
    assert stored(draft)["start_levels"][0]["within_days"]["value"] == 10


def test_an_exercise_is_edited(draft, browser):
    path = "exercises-EX28"
    typed = {f"{path}-name": "Dead beetle", f"{path}-cues": "Ribs down", f"{path}-source": ["S1", "design"]}
    send(browser, address("exercise", "EX28"), **typed)
    changed = next(item for item in stored(draft)["exercises"] if item["code"] == "EX28")
    assert (changed["name"], changed["cues"], changed["source"]) == ("Dead beetle", ["Ribs down"], "S1, design")


NEW = {
    "exercises-EX50-name": "Wall sit",
    "exercises-EX50-kind": "strength",
    "exercises-EX50-sides": "none",
    "exercises-EX50-how": "Sit against a wall.",
    "exercises-EX50-source": ["design"],
}


def test_a_new_exercise_joins_the_library_under_the_next_code(draft, browser):
    assert send(browser, address("new_exercise"), **NEW).status_code == 302
    assert stored(draft)["exercises"][-1]["name"] == "Wall sit"
    assert "Wall sit" in browser.get(address("exercises")).content.decode()


@pytest.mark.parametrize(
    "missing, sentence",
    [
        ("name", "Give the exercise a name."),
        ("kind", "Choose what kind of exercise it is."),
        ("how", "Say how it is done."),
        ("source", "Tick at least one source"),
    ],
)
def test_an_incomplete_exercise_is_refused(draft, browser, missing, sentence):
    page = send(browser, address("new_exercise"), **(NEW | {f"exercises-EX50-{missing}": []}))
    assert page.status_code == 400 and sentence in page.content.decode()
    assert len(stored(draft)["exercises"]) == 49


def test_warning_signs_are_shown_locked(draft, browser):
    for page in (("draft",), ("thresholds",), ("phase", "rest")):
        assert "Warning signs stop the plan in every phase" in browser.get(address(*page)).content.decode()
