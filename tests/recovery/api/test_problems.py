"""Every refusal is one kind of document, whatever went wrong."""

import pytest
from django.db import OperationalError
from django.test import Client

from recovery.api import throttling
from tests.factories import DAY_1

from .asking import Caller, check_in_body, problem, schema

KEY = "6f1c8a52-33f4-4d0e-9a3c-0f3b1c0d2e11"


def test_a_method_that_is_not_there_is_named_as_such(phone):
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        answer = phone.ask(method, "check-ins/")
        problem(answer, 405)
        assert set(answer["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_an_address_that_does_not_exist_answers_in_kind(db):
    for path in ("", "check-ins", "nothing/", "episodes/x/", "../admin/"):
        problem(Caller().ask("GET", path), 404)
        problem(Caller().ask("POST", path, {}), 404)


def test_no_answer_is_kept_by_a_cache(phone):
    assert phone.ask("GET", "episodes/current/")["Cache-Control"] == "no-store"
    assert phone.ask("GET", "nothing/")["Cache-Control"] == "no-store"


def test_json_is_answered_whatever_the_caller_accepts(phone):
    answer = phone.ask("GET", "episodes/", headers={"Accept": "text/html"})
    assert answer["Content-Type"] == "application/json"


def test_an_error_of_ours_says_nothing_of_the_inside(patient, monkeypatch):
    def explode(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("recovery.services.check_ins.record", explode)
    phone = Caller(patient, raise_request_exception=False)
    answer = phone.generic("POST", "/api/v1/check-ins/", b"{}", content_type="application/json")
    assert answer.status_code == 400
    body = check_in_body(DAY_1, KEY)
    refusal = phone.post("/api/v1/check-ins/", body, content_type="application/json")
    assert b"secret" not in problem(refusal, 500).__repr__().encode()


def test_a_database_that_cannot_write_is_a_503_that_says_when_to_come_back(patient, monkeypatch):
    def full(*_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("recovery.services.check_ins.record", full)
    phone = Caller(patient, raise_request_exception=False)
    refusal = phone.post("/api/v1/check-ins/", check_in_body(DAY_1, KEY), content_type="application/json")
    assert b"disk" not in problem(refusal, 503).__repr__().encode()
    assert refusal["Retry-After"] == "30"


def test_a_session_changes_nothing_without_its_csrf_token(patient):
    page = Client(enforce_csrf_checks=True)
    page.force_login(patient)
    assert page.get("/api/v1/episodes/current/").status_code == 200
    body = check_in_body(DAY_1, KEY)
    refusal = page.post("/api/v1/check-ins/", body, content_type="application/json")
    assert problem(refusal, 403)["type"].endswith("csrf-failed")
    page.cookies["csrftoken"] = "a" * 32
    answer = page.post("/api/v1/check-ins/", body, content_type="application/json", headers={"X-CSRFToken": "a" * 32})
    assert answer.status_code == 201


def test_a_token_needs_no_csrf_token(patient):
    phone = Caller(patient, enforce_csrf_checks=True)
    assert phone.ask("POST", "check-ins/", check_in_body(DAY_1, KEY)).status_code == 201


@pytest.mark.parametrize(("scope", "person"), [("anon", False), ("user", True)])
def test_who_asks_too_often_is_told_how_long_to_wait(patient, settings, scope, person):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {scope: "2/m"}}
    caller = Caller(patient if person else None)
    answers = [caller.ask("GET", "schema/" if not person else "episodes/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    problem(answers[-1], 429)
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


@pytest.mark.parametrize("scope", ["token", "token_account"])
def test_guessing_a_password_is_slow(db, settings, scope):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {scope: "2/15m"}}
    wrong = {"email": "ann@example.test", "password": "wrong"}
    answers = [Caller().ask("POST", "auth/token/", wrong).status_code for _ in range(3)]
    assert answers == [400, 400, 429]


def test_guesses_are_counted_by_account_however_it_is_written(db, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"token_account": "1/15m"}}
    first = {"email": "ann@example.test", "password": "wrong"}
    assert Caller().ask("POST", "auth/token/", first).status_code == 400
    assert Caller().ask("POST", "auth/token/", {**first, "email": " ANN@example.test"}).status_code == 429
    assert Caller().ask("POST", "auth/token/", {**first, "email": "bob@example.test"}).status_code == 400


def test_a_forwarding_header_does_not_make_a_new_stranger(db, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"token": "1/m"}}
    wrong = {"email": "ann@example.test", "password": "wrong"}
    answers = [
        Caller().ask("POST", "auth/token/", wrong, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
        for n in range(2)
    ]
    assert answers == [400, 429]


@pytest.mark.parametrize(("rate", "meaning"), [("10/15m", (10, 900)), ("60/m", (60, 60)), (None, (None, None))])
def test_a_rate_reads_as_it_is_written(rate, meaning):
    assert throttling.AnonymousThrottle().parse_rate(rate) == meaning


def test_every_operation_lists_the_refusals_it_shares():
    for path, operations in schema()["paths"].items():
        for method, operation in operations.items():
            assert {"400", "401", "404", "429"} <= set(operation["responses"]), (method, path)
