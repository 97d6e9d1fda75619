"""Reading published plans, and writing the next version of one."""

import copy

import pytest
from django.utils import timezone

from recovery.models import BackTest, PlanVersion
from recovery.services.back_tests import shards
from tests.factories import make_clinic, make_user

from .asking import Caller, problem

PLAN = "plans/lower-back-running/"


@pytest.fixture
def office(episode):
    return Caller(make_user("admin"))


@pytest.fixture
def draft(office):
    return office.ask("POST", PLAN + "draft/").json()


def put(office, draft, **changes):
    document = {**copy.deepcopy(draft["document"]), **changes}
    return office.ask("PUT", PLAN + "draft/", {"revision": draft["revision"], "document": document})


def test_plans_are_listed_with_their_versions(phone):
    rows = phone.ask("GET", "plans/").json()["results"]
    assert [(row["key"], [version["number"] for version in row["versions"]]) for row in rows] == [
        ("lower-back-running", [1])
    ]


def test_a_plan_shows_every_number_with_unit_source_and_range(phone):
    body = phone.ask("GET", PLAN).json()
    assert len(body["phases"]) == 6 and len(body["run_levels"]) == 10
    assert all({"value", "unit", "source", "allowed"} <= set(number) for number in body["thresholds"].values())


def test_a_version_is_found_by_its_number(phone):
    assert phone.ask("GET", PLAN + "versions/1/").json() == phone.ask("GET", PLAN).json()
    problem(phone.ask("GET", PLAN + "versions/2/"), 404)


def test_exercises_come_with_what_is_prescribed(phone):
    rows = phone.ask("GET", "exercises/").json()
    assert any(row["prescriptions"] for row in rows)
    assert phone.ask("GET", f"exercises/{rows[0]['code']}/").json() == rows[0]


def test_there_is_no_draft_before_somebody_starts_one(office):
    problem(office.ask("GET", PLAN + "draft/"), 404)
    answers = [office.ask("POST", PLAN + "draft/") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0]["ETag"] == '"1"' and answers[0].json()["based_on"] == 1


def test_an_edit_raises_the_revision(office, draft):
    changed = put(office, draft, title="Back to running, slowly")
    assert changed.status_code == 200 and changed.json()["revision"] == 2 and changed["ETag"] == '"2"'


def test_a_draft_saved_by_another_meanwhile_collides_with_theirs(office, draft):
    put(office, draft)
    refusal = problem(put(office, draft), 409)
    assert refusal["type"].endswith("edited-by-another") and refusal["stored"]["revision"] == 2


def test_if_match_says_the_revision_too(office, draft):
    body = {"document": draft["document"]}
    problem(office.ask("PUT", PLAN + "draft/", body), 400)
    assert office.ask("PUT", PLAN + "draft/", body, headers={"If-Match": '"1"'}).status_code == 200
    problem(office.ask("PUT", PLAN + "draft/", body, headers={"If-Match": '"1"'}), 409)


def without_phases(document):
    document["phases"] = []


def unknown_exercise(document):
    document["prescriptions"]["rest"][0]["exercise"] = "EX99"


def empty_prescription(document):
    document["prescriptions"]["rest"] = []


def other_key(document):
    document["key"] = "another-plan"


def outside_its_range(document):
    document["thresholds"]["d_red"]["value"] = 99


def no_numbers(document):
    document["thresholds"] = 7


def lists_for_objects(document):
    document["exercises"] = [["EX01"]]


def texts_for_lists(document):
    document["exercises"] = "all of them"


def nameless_exercise(document):
    del document["exercises"][0]["code"]


def endless_name(document):
    document["exercises"][0]["name"] = None


def weekdays_of_another_kind(document):
    document["prescriptions"]["rest"][0]["days"] = [{}]


def prescriptions_of_another_kind(document):
    document["prescriptions"]["rest"] = 5


def exercises_twice(document):
    document["exercises"].append(document["exercises"][0])


@pytest.mark.parametrize(
    "spoil",
    [
        without_phases,
        unknown_exercise,
        empty_prescription,
        other_key,
        outside_its_range,
        no_numbers,
        lists_for_objects,
        texts_for_lists,
        nameless_exercise,
        endless_name,
        weekdays_of_another_kind,
        prescriptions_of_another_kind,
        exercises_twice,
    ],
)
def test_a_document_that_is_no_plan_is_refused_and_nothing_is_written(office, draft, spoil):
    document = copy.deepcopy(draft["document"])
    spoil(document)
    answer = office.ask("PUT", PLAN + "draft/", {"revision": 1, "document": document})
    assert answer.status_code in (400, 409), answer.content
    assert office.ask("GET", PLAN + "draft/").json() == draft


@pytest.mark.parametrize("document", [[], "plan", 3, {}, None])
def test_a_document_is_an_object_with_the_plans_key(office, draft, document):
    problem(office.ask("PUT", PLAN + "draft/", {"revision": 1, "document": document}), 400)


def tried(office) -> dict:
    """A back-test of the draft, worked on to its end."""
    asked = office.ask("POST", PLAN + "back-tests/", {})
    assert asked.status_code == 201
    shards.work(timezone.now)
    return office.ask("GET", PLAN + f"back-tests/{asked.json()['id']}/").json()


def test_a_draft_nobody_has_tried_on_the_past_is_not_published(office, draft):
    refusal = problem(office.ask("POST", PLAN + "publish/", {"revision": 1}), 409)
    assert refusal["type"].endswith("back-test-needed") and PlanVersion.objects.published().count() == 1


def test_an_edit_after_the_back_test_needs_another(office, draft):
    assert tried(office)["counts_for_publishing"] is True
    document = copy.deepcopy(draft["document"])
    document["phases"][0]["goal"] = "Take it easy."
    edited = office.ask("PUT", PLAN + "draft/", {"revision": 1, "document": document}).json()
    problem(office.ask("POST", PLAN + "publish/", {"revision": edited["revision"]}), 409)
    assert tried(office)["counts_for_publishing"] is True
    assert office.ask("POST", PLAN + "publish/", {"revision": edited["revision"]}).status_code == 200


def test_a_back_test_says_how_far_it_is_and_what_it_came_to(office, draft):
    begun = office.ask("POST", PLAN + "back-tests/", {}).json()
    assert (begun["state"], begun["done"], begun["episodes"], begun["summary"]) == ("running", 0, 1, None)
    found = tried(office)
    assert (found["id"], found["state"], found["done"]) == (begun["id"], "done", 1)
    assert found["summary"]["differing"] == 0
    assert [row["id"] for row in office.ask("GET", PLAN + "back-tests/").json()["results"]] == [begun["id"]]


def test_a_running_back_test_is_cancelled(office, draft):
    begun = office.ask("POST", PLAN + "back-tests/", {}).json()
    address = PLAN + f"back-tests/{begun['id']}/"
    assert office.ask("DELETE", address).status_code == 204
    assert office.ask("GET", address).json()["state"] == "cancelled"


@pytest.mark.parametrize(
    "body",
    [
        {"clinic": "00000000-0000-0000-0000-000000000000"},
        {"clinic": "Harbour"},
        {"phase": "sprinting"},
        {"since": "someday"},
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"version": 9},
        {"everybody": True},
    ],
)
def test_a_back_test_of_nobody_in_particular_is_refused(office, draft, body):
    problem(office.ask("POST", PLAN + "back-tests/", body), 400)
    assert not BackTest.objects.exists()


def test_a_version_beside_itself_needs_no_draft(office):
    assert office.ask("POST", PLAN + "back-tests/", {"version": 1}).status_code == 201
    problem(office.ask("POST", PLAN + "back-tests/", {}), 404)


def test_an_editor_s_own_approval_is_not_enough_where_a_clinic_wants_two(office, draft):
    make_clinic(plans_need_approval=True)
    edited = put(office, draft).json()
    tried(office)
    body = {"revision": edited["revision"]}
    problem(office.ask("POST", PLAN + "approve/", body), 400)
    assert office.ask("POST", PLAN + "approve/", {**body, "role": "lead"}).status_code == 200
    problem(office.ask("POST", PLAN + "publish/", body), 400)
    other = Caller(make_user("admin"))
    assert other.ask("POST", PLAN + "approve/", {**body, "role": "physiotherapist"}).status_code == 200
    assert office.ask("POST", PLAN + "publish/", body).status_code == 200


def test_publishing_makes_a_new_version_and_running_episodes_stay_on_theirs(office, draft, phone):
    tried(office)
    answer = office.ask("POST", PLAN + "publish/", {"revision": 1})
    assert answer.status_code == 200 and answer.json()["version"] == 2
    assert phone.ask("GET", "episodes/current/").json()["plan_version"] == 1
    problem(office.ask("GET", PLAN + "draft/"), 404)


def test_publishing_what_somebody_else_changed_collides(office, draft):
    put(office, draft)
    problem(office.ask("POST", PLAN + "publish/", {"revision": 1}), 409)
    assert PlanVersion.objects.published().count() == 1


def test_a_draft_can_be_thrown_away(office, draft):
    assert office.ask("DELETE", PLAN + "draft/", headers={"If-Match": '"1"'}).status_code == 204
    problem(office.ask("GET", PLAN + "draft/"), 404)
