"""Checking in over the API: once, with the decision, and corrected without losing what was said."""

from datetime import timedelta
from uuid import uuid4

import pytest

from recovery.models import CheckIn, Decision
from tests.factories import DAY_1, at, make_user, open_episode

from .asking import Caller, check_in_body, problem

DAY_2, DAY_3 = DAY_1 + timedelta(days=1), DAY_1 + timedelta(days=2)


@pytest.fixture
def key():
    return uuid4()


def test_a_check_in_is_answered_with_itself_and_its_decision(phone, episode, key):
    answer = phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    body = answer.json()
    assert answer.status_code == 201
    assert (body["id"], body["episode"], body["revision"]) == (str(key), str(episode.pk), 1)
    assert body["session"] == {"status": "done", "pain": 2, "stopped": False, "brisk_walk": False}
    decision = body["decision"]
    assert decision["day"] == str(DAY_1) and decision["outcome"] == "hold"
    assert decision["from_phase"] == decision["phase"] and decision["run_level"] is None
    assert decision["rule"] in {finding["rule"] for finding in decision["findings"]}
    assert decision["notices"] == []


def test_the_same_check_in_again_gets_the_same_answer_byte_for_byte(phone, key, clock):
    first = phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    clock.move_to(at(DAY_2))
    again = phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    assert (again.status_code, again.content) == (200, first.content)
    assert CheckIn.objects.count() == Decision.objects.count() == 1


@pytest.mark.parametrize("same_id", [True, False])
def test_other_answers_or_another_id_for_a_filled_day_collide_with_the_stored_one(phone, key, same_id):
    stored = phone.ask("POST", "check-ins/", check_in_body(DAY_1, key)).json()
    other = check_in_body(DAY_1, key if same_id else uuid4(), average=1)
    refusal = problem(phone.ask("POST", "check-ins/", other), 409)
    assert refusal["stored"] == stored
    assert CheckIn.objects.count() == 1


def test_a_late_diary_note_has_no_decision_however_often_it_is_sent(phone, key, clock):
    clock.move_to(at(DAY_3))
    phone.ask("POST", "check-ins/", check_in_body(DAY_3, uuid4(), made_at=f"{DAY_3}T18:00:00Z"))
    note = check_in_body(DAY_1, key, made_at=f"{DAY_3}T19:00:00Z")
    answers = [phone.ask("POST", "check-ins/", note) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["decision"] is None and answers[0].json()["in_time"] is False


def test_a_moment_with_an_offset_is_given_back_in_utc(phone, key):
    body = check_in_body(DAY_1, key, made_at=f"{DAY_1}T19:30:00+02:00", time_zone="Europe/Amsterdam")
    assert phone.ask("POST", "check-ins/", body).json()["made_at"] == f"{DAY_1}T17:30:00Z"


def test_the_optional_answers_may_be_left_out(phone, key):
    body = check_in_body(DAY_1, key)
    for name in ("medicine", "woken", "yesterday_morning"):
        del body[name]
    assert phone.ask("POST", "check-ins/", body).status_code == 201


def test_confidence_and_mood_are_kept(phone, key):
    stored = phone.ask("POST", "check-ins/", check_in_body(DAY_1, key, confidence=7, mood=10)).json()
    assert (stored["confidence"], stored["mood"]) == (7, 10)


def test_a_warning_sign_stops_the_plan(phone, key):
    decision = phone.ask("POST", "check-ins/", check_in_body(DAY_1, key, red_flags=["RF05"])).json()["decision"]
    assert (decision["outcome"], decision["rule"]) == ("stop", "red_flag")


def test_two_patients_may_use_the_same_id(phone, key):
    other = Caller(open_episode().patient)
    assert phone.ask("POST", "check-ins/", check_in_body(DAY_1, key)).status_code == 201
    assert other.ask("POST", "check-ins/", check_in_body(DAY_1, key)).status_code == 201


def test_without_a_plan_there_is_nothing_to_check_in_to(db, clock, key):
    refusal = problem(Caller(make_user()).ask("POST", "check-ins/", check_in_body(DAY_1, key)), 409)
    assert refusal["type"].endswith("no-open-episode") and not CheckIn.objects.exists()


def test_a_correction_keeps_what_was_said_before(phone, key):
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key, average=4, worst=9))
    answer = phone.ask("PUT", f"check-ins/{key}/", check_in_body(DAY_1, key, average=9, worst=9))
    body = answer.json()
    assert answer.status_code == 200
    assert (body["average"], body["revision"]) == (9, 2)
    assert [revision["average"] for revision in body["revisions"]] == [4, 9]
    assert body["decision"]["findings"] != []


def test_the_same_correction_again_changes_nothing(phone, key):
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    corrected = check_in_body(DAY_1, key, average=1)
    answers = [phone.ask("PUT", f"check-ins/{key}/", corrected) for _ in range(2)]
    assert answers[0].content == answers[1].content and CheckIn.objects.count() == 2


def test_a_correction_may_leave_the_id_to_the_address(phone, key):
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    body = check_in_body(DAY_1, key, average=1)
    del body["id"]
    assert phone.ask("PUT", f"check-ins/{key}/", body).status_code == 200


def test_a_correction_under_another_id_is_refused(phone, key):
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    refusal = problem(phone.ask("PUT", f"check-ins/{key}/", check_in_body(DAY_1, uuid4(), average=1)), 400)
    assert list(refusal["fields"]) == ["id"] and CheckIn.objects.count() == 1


def test_a_correction_cannot_move_to_another_day(phone, key, clock):
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    clock.move_to(at(DAY_2))
    refusal = problem(phone.ask("PUT", f"check-ins/{key}/", check_in_body(DAY_2, key)), 400)
    assert list(refusal["fields"]) == ["day"] and CheckIn.objects.count() == 1


def test_a_correction_of_nothing_finds_nothing(phone, key):
    problem(phone.ask("PUT", f"check-ins/{key}/", check_in_body(DAY_1, key)), 404)


def test_one_check_in_shows_its_revisions(phone, key):
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    body = phone.ask("GET", f"check-ins/{key}/").json()
    assert [revision["revision"] for revision in body["revisions"]] == [1]


def test_the_diary_lists_the_newest_day_first_with_each_decision(phone, clock):
    for day in (DAY_1, DAY_2, DAY_3):
        clock.move_to(at(day))
        phone.ask("POST", "check-ins/", check_in_body(day, uuid4()))
    rows = phone.ask("GET", "check-ins/").json()["results"]
    assert [row["day"] for row in rows] == [str(DAY_3), str(DAY_2), str(DAY_1)]
    assert [row["decision"]["day"] for row in rows] == [row["day"] for row in rows]


def test_the_list_says_the_same_as_the_check_in_itself(phone, key):
    posted = phone.ask("POST", "check-ins/", check_in_body(DAY_1, key)).json()
    assert phone.ask("GET", "check-ins/").json()["results"] == [posted]
    alone = phone.ask("GET", f"check-ins/{key}/").json()
    assert {name: alone[name] for name in posted} == posted


def test_pages_follow_one_another_by_cursor(phone, clock):
    for number in range(5):
        day = DAY_1 + timedelta(days=number)
        clock.move_to(at(day))
        phone.ask("POST", "check-ins/", check_in_body(day, uuid4()))
    seen, page = [], phone.ask("GET", "check-ins/?page_size=2").json()
    while True:
        seen += [row["day"] for row in page["results"]]
        if page["next"] is None:
            break
        page = phone.get(page["next"]).json()
    assert seen == [str(DAY_1 + timedelta(days=number)) for number in (4, 3, 2, 1, 0)]


def test_a_clinician_reads_the_diary_of_a_patient_who_shares(phone, desk, episode, key):
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key))
    rows = desk.ask("GET", f"check-ins/?episode={episode.pk}").json()["results"]
    assert [row["id"] for row in rows] == [str(key)]
