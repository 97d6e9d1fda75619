"""Trading a password for a token."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import MD5PasswordHasher

from accounts.models import ApiToken
from accounts.services.people import create_person

from .asking import Caller, problem

PASSWORD = "over the hills and far"


@pytest.fixture
def person(db):
    return create_person("ann@example.test", password=PASSWORD)


def sign_in(**values):
    return Caller().ask("POST", "auth/token/", {"email": "ann@example.test", "password": PASSWORD, **values})


def test_a_password_buys_a_token_that_opens_the_api(person):
    token = sign_in().json()["token"]
    answer = Caller().ask("GET", "episodes/", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200 and token not in str(ApiToken.objects.values())


def test_the_address_may_be_written_in_capitals(person):
    assert sign_in(email="Ann@Example.test ").status_code == 200


def test_a_token_ends_when_it_is_deleted(person):
    headers = {"Authorization": f"Bearer {sign_in().json()['token']}"}
    assert Caller().ask("DELETE", "auth/token/", headers=headers).status_code == 204
    problem(Caller().ask("GET", "episodes/", headers=headers), 401)


def test_a_session_has_no_token_to_end(person):
    caller = Caller()
    caller.force_login(person)
    problem(caller.ask("DELETE", "auth/token/"), 404)


def test_wrong_password_unknown_unverified_and_inactive_are_answered_alike(person):
    wrong = problem(sign_in(password="something else"), 400)
    unknown = problem(sign_in(email="bob@example.test"), 400)
    EmailAddress.objects.update(verified=False)
    unverified = problem(sign_in(), 400)
    EmailAddress.objects.update(verified=True)
    person.is_active = False
    person.save()
    assert wrong == unknown == unverified == problem(sign_in(), 400)
    assert not ApiToken.objects.exists()


def test_a_password_is_hashed_once_whoever_is_named(person, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    counts = []
    for values in ({"password": "wrong"}, {"email": "bob@example.test"}, {}):
        hashed.clear()
        sign_in(**values)
        counts.append(len(hashed))
    assert counts == [1, 1, 1]


@pytest.mark.parametrize(
    ("field", "changes"),
    [("email", {"email": 3}), ("email", {"email": ""}), ("password", {"password": None}), ("role", {"role": "admin"})],
)
def test_what_is_missing_or_surplus_is_named(db, field, changes):
    assert list(problem(sign_in(**changes), 400)["fields"]) == [field]


def test_a_second_factor_is_asked_for_where_one_is_set(person, rf):
    codes = RecoveryCodes.activate(person).get_unused_codes()
    assert Authenticator.objects.filter(user=person).exists()
    assert list(problem(sign_in(), 400)["fields"]) == ["code"]
    assert list(problem(sign_in(code="000000"), 400)["fields"]) == ["code"]
    assert sign_in(code=codes[0]).status_code == 200
    problem(sign_in(code=codes[0]), 400)


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer nonsense", "bearer \x7f", "Bearer a b c", "Bearer é"])
def test_a_token_that_opens_nothing_is_refused(db, header):
    problem(Caller().ask("GET", "episodes/", headers={"Authorization": header}), 401)


def test_other_schemes_are_nobody(db):
    problem(Caller().ask("GET", "episodes/", headers={"Authorization": "Basic YTpi"}), 401)
