"""What a check-in tells only now and then: kept, given back, corrected, and never required."""

import hashlib
import json
from dataclasses import asdict
from uuid import uuid4

import pytest

from recovery.models import CheckIn
from tests.factories import DAY_1, entry

from .asking import check_in_body, problem

RUN = {"minutes": 25, "metres": 4200, "surface": "trail", "hills": False, "shoes": "new"}
TOLD = {"stiffness": "10_to_30", "sleep": 7, "activity": 4, "sides": "left", "run": RUN}
NOTHING = dict.fromkeys(TOLD)


def told(answer) -> dict:
    return {name: answer[name] for name in TOLD}


def test_they_are_kept_and_given_back(phone):
    stored = phone.ask("POST", "check-ins/", check_in_body(DAY_1, uuid4(), **TOLD)).json()
    assert told(stored) == TOLD
    assert told(phone.ask("GET", "check-ins/").json()["results"][0]) == TOLD


def test_a_check_in_without_them_is_whole(phone):
    stored = phone.ask("POST", "check-ins/", check_in_body(DAY_1, uuid4())).json()
    assert told(stored) == NOTHING


def test_another_answer_among_them_under_the_same_id_collides(phone):
    key = uuid4()
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key, sleep=7))
    problem(phone.ask("POST", "check-ins/", check_in_body(DAY_1, key, sleep=2)), 409)
    assert CheckIn.objects.get().sleep == 7


def test_a_correction_keeps_the_old_ones_beside_the_new(phone):
    key = uuid4()
    phone.ask("POST", "check-ins/", check_in_body(DAY_1, key, **TOLD))
    answer = phone.ask("PUT", f"check-ins/{key}/", check_in_body(DAY_1, key, sleep=2)).json()
    assert [told(each) for each in answer["revisions"]] == [TOLD, NOTHING | {"sleep": 2}]


BAD = [
    ({"stiffness": "long"}, "stiffness"),
    ({"sleep": 11}, "sleep"),
    ({"sides": "both"}, "sides"),
    ({"run": {"minutes": 0}}, "run.minutes"),
    ({"run": {"pace": 5}}, "run.pace"),
    ({"run": RUN, "session": {"status": "none"}}, "run"),
]


@pytest.mark.parametrize(("change", "field"), BAD, ids=str)
def test_a_bad_one_is_refused_by_name_and_nothing_is_written(phone, change, field):
    refusal = problem(phone.ask("POST", "check-ins/", check_in_body(DAY_1, uuid4(), **change)), 400)
    assert field in refusal["fields"]
    assert not CheckIn.objects.exists()


def test_an_entry_that_tells_none_of_them_keeps_the_hash_it_always_had():
    plain = entry(DAY_1)
    body = json.dumps(asdict(plain.fact), sort_keys=True, default=str)
    assert plain.body_hash == hashlib.sha256(body.encode()).hexdigest()
