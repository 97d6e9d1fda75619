"""Where a patient stands today, and what a clinician may change about it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from recovery.models import Clearance, Override
from tests.factories import DAY_1, at, check_in, make_user, open_episode

from .asking import Caller, problem

DAY_2 = DAY_1 + timedelta(days=1)


def test_today_shows_the_phase_the_exercises_and_what_would_move_on(phone, episode):
    body = phone.ask("GET", "episodes/current/").json()
    assert (body["id"], body["phase"], body["day_in_phase"]) == (str(episode.pk), episode.phase, 1)
    assert body["today"] == str(DAY_1) and body["stopped"] is False and body["plan_version"] == 1
    assert body["exercises"][0]["dose"] and body["exercises"][0]["name"]
    assert body["outlook"]["earliest"] > str(DAY_1) and body["outlook"]["blocked_by"] is None


def test_the_criteria_of_the_phase_are_met_or_unmet(phone, patient):
    check_in(patient, DAY_1)
    criteria = phone.ask("GET", "episodes/current/").json()["outlook"]["criteria"]
    assert criteria and {row["verdict"] for row in criteria} <= {"met", "unmet"}


def test_a_run_level_comes_with_its_session(phone, desk, episode, clock):
    until = str(DAY_1 + timedelta(days=9))
    wish = {"phase": "return_to_running", "run_level": "R2", "reason": "Runs already.", "expires_on": until}
    desk.ask("POST", f"episodes/{episode.pk}/override/", wish)
    session = phone.ask("GET", "episodes/current/").json()["run_session"]
    assert session["level"] == "R2" and session["sets"] and session["run_minutes"] > 0


def test_an_open_caution_switches_running_off(phone, desk, patient, episode):
    until = str(DAY_1 + timedelta(days=9))
    wish = {"phase": "return_to_running", "run_level": "R2", "reason": "Runs already.", "expires_on": until}
    desk.ask("POST", f"episodes/{episode.pk}/override/", wish)
    check_in(patient, DAY_1, red_flags=("CA1",))
    body = phone.ask("GET", "episodes/current/").json()
    assert body["cautions"] == ["CA1"] and body["run_session"] is None
    assert not [row for row in body["exercises"] if row["kind"] == "running"]


def test_the_exercises_follow_the_weekday(phone, patient, clock):
    codes = {}
    for number in range(7):
        clock.move_to(at(DAY_1 + timedelta(days=number)))
        body = phone.ask("GET", "episodes/current/").json()
        codes[body["today"]] = [row["code"] for row in body["exercises"]]
    assert all(codes.values()) and all(len(set(found)) == len(found) for found in codes.values())


def test_a_stopped_plan_prescribes_nothing(phone, patient):
    check_in(patient, DAY_1, red_flags=("RF05",))
    body = phone.ask("GET", "episodes/current/").json()
    assert body["stopped"] is True and body["stopped_on"] == str(DAY_1)
    assert (body["exercises"], body["run_session"], body["outlook"]) == ([], None, None)


def test_without_an_open_episode_there_is_nothing_current(db, clock):
    problem(Caller(make_user()).ask("GET", "episodes/current/"), 404)


def test_a_clinician_lists_the_episodes_of_patients_who_share(desk, episode):
    open_episode()
    rows = desk.ask("GET", "episodes/").json()["results"]
    assert [(row["id"], row["patient"]["name"]) for row in rows] == [(str(episode.pk), episode.patient.name)]


def test_a_clinician_sets_another_phase_for_a_while(desk, phone, episode):
    wish = {"phase": "rest", "reason": " A heavy week. ", "expires_on": str(DAY_1 + timedelta(days=7))}
    answer = desk.ask("POST", f"episodes/{episode.pk}/override/", wish)
    assert answer.status_code == 201 and answer.json()["reason"] == "A heavy week."
    today = phone.ask("GET", "episodes/current/").json()
    assert today["phase"] == "rest" and today["override"]["expires_on"] == wish["expires_on"]


def test_running_levels_are_set_by_name(desk, episode):
    wish = {
        "phase": "return_to_running",
        "run_level": "R2",
        "reason": "Runs already.",
        "expires_on": str(DAY_1 + timedelta(days=3)),
    }
    assert desk.ask("POST", f"episodes/{episode.pk}/override/", wish).json()["run_level"] == "R2"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("phase", {"phase": "flying"}),
        ("phase", {"phase": 3}),
        ("run_level", {"run_level": "R1"}),
        ("reason", {"reason": "  "}),
        ("expires_on", {"expires_on": str(DAY_1)}),
        ("expires_on", {"expires_on": str(DAY_1 + timedelta(days=200))}),
        ("made_by", {"made_by": "somebody"}),
    ],
)
def test_an_override_that_makes_no_sense_is_refused(desk, episode, field, changes):
    wish = {"phase": "rest", "reason": "A heavy week.", "expires_on": str(DAY_2), **changes}
    assert list(problem(desk.ask("POST", f"episodes/{episode.pk}/override/", wish), 400)["fields"]) == [field]
    assert not Override.objects.exists()


def test_a_second_override_collides_and_ending_it_lets_the_rules_resume(desk, episode):
    wish = {"phase": "rest", "reason": "A heavy week.", "expires_on": str(DAY_2)}
    path = f"episodes/{episode.pk}/override/"
    desk.ask("POST", path, wish)
    problem(desk.ask("POST", path, wish), 409)
    assert desk.ask("DELETE", path).json()["withdrawn_on"] == str(DAY_1)
    problem(desk.ask("DELETE", path), 409)


@pytest.mark.parametrize("who", ["phone", "desk"])
def test_a_clearance_lets_the_plan_go_on(request, patient, episode, who):
    check_in(patient, DAY_1, red_flags=("RF05",))
    caller = request.getfixturevalue(who)
    seen = {"profession": "doctor", "assessed_on": str(DAY_1), "note": "Looked at it."}
    answer = caller.ask("POST", f"episodes/{episode.pk}/clearance/", seen)
    assert answer.status_code == 201 and answer.json()["profession"] == "doctor"
    assert Clearance.objects.get().episode == episode


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("profession", {"profession": "aunt"}),
        ("assessed_on", {"assessed_on": str(DAY_2)}),
        ("assessed_on", {"assessed_on": str(DAY_1 - timedelta(days=1))}),
        ("assessed_on", {"assessed_on": "today"}),
        ("note", {"note": "x" * 3000}),
    ],
)
def test_a_clearance_that_makes_no_sense_is_refused(phone, patient, episode, field, changes):
    check_in(patient, DAY_1, red_flags=("RF05",))
    seen = {"profession": "doctor", "assessed_on": str(DAY_1), **changes}
    assert list(problem(phone.ask("POST", f"episodes/{episode.pk}/clearance/", seen), 400)["fields"]) == [field]
    assert not Clearance.objects.exists()


def test_there_is_nothing_to_clear_while_the_plan_runs(phone, episode):
    seen = {"profession": "doctor", "assessed_on": str(DAY_1)}
    problem(phone.ask("POST", f"episodes/{episode.pk}/clearance/", seen), 409)


def test_decisions_come_with_what_they_were_made_from(phone, desk, patient, episode):
    key = uuid4()
    check_in(patient, DAY_1, key=key)
    rows = phone.ask("GET", "decisions/").json()["results"]
    assert [(row["day"], row["check_in"], row["plan_version"]) for row in rows] == [(str(DAY_1), str(key), 1)]
    alone = desk.ask("GET", f"decisions/{rows[0]['id']}/").json()
    assert alone == rows[0] and alone["findings"]
    assert desk.ask("GET", f"decisions/?episode={episode.pk}").json()["results"] == rows
