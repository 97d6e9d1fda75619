"""A program's key opens what it was asked for, and nothing else its person may open."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import ApiToken, Scope
from accounts.services import tokens
from recovery.api import permissions, urls
from tests.factories import make_user

from .asking import Caller, problem
from .test_access import REACHED, World

SAFE = ("GET", "HEAD")
READ = {Scope.READ_CHECK_INS, Scope.READ_PATIENTS, Scope.READ_PLANS}
# Whose keys are tried: each kind of person who opens something of the patient's, or of the plans.
PEOPLE = ("owner", "linked", "admin")


def caller(person, scopes) -> Caller:
    """A program with a key of this person that allows just this."""
    secret = tokens.issue(person, timezone.now(), scopes=scopes)[1]
    return Caller(key=secret)


@pytest.fixture
def world(db, clock):
    return World()


def scope_of(name: str, method: str, role: str) -> str:
    view = {pattern.name: pattern.callback.view_class for pattern in urls.urlpatterns}[name]
    return permissions.scope_for(view, method, role)


@pytest.mark.parametrize("actor", PEOPLE)
def test_every_address_asks_for_one_scope_and_that_one_is_enough(world, actor):
    person = world.actors[actor]
    for name, methods in REACHED.items():
        for method in (each for each, reached_by in methods.items() if actor in reached_by and name != "token"):
            needed = scope_of(name, method, person.role)
            assert (needed in READ) == (method in SAFE), name
            others = set(tokens.scopes_of(person)) - {needed}
            body = None if method in ("GET", "DELETE") else {}
            refusal = caller(person, others).ask(method, world.path(name), body)
            assert problem(refusal, 403)["scope"] == needed, name
            assert f'scope="{needed}"' in refusal["WWW-Authenticate"]
            opened = caller(person, [needed]).ask(method, world.path(name), body)
            assert opened.status_code not in (401, 403, 404), (name, method)


def test_a_key_asked_for_without_scopes_opens_what_its_person_does_every_day(db):
    usual = {
        role: tokens.issue(make_user(role), timezone.now())[0].scopes for role in ("patient", "clinician", "admin")
    }
    assert usual == {
        "patient": "read_check_ins write_check_ins read_plans",
        "clinician": "read_patients act_for_patients read_plans",
        "admin": "read_plans",
    }


def test_nobody_gives_away_what_is_not_theirs(db):
    with pytest.raises(tokens.NotTheirs, match="write_plans"):
        tokens.issue(make_user(), timezone.now(), scopes=["read_check_ins", "write_plans"])
    assert not ApiToken.objects.exists()


def test_a_key_that_opens_nothing_is_refused_by_the_table(db):
    key, _ = tokens.issue(make_user(), timezone.now())
    with pytest.raises(IntegrityError, match="token_says_what_it_opens"), transaction.atomic():
        ApiToken.objects.filter(pk=key.pk).update(scopes="")


def test_a_key_without_any_needed_scope_can_still_end_itself(world):
    assert caller(world.actors["owner"], ["read_plans"]).ask("DELETE", "auth/token/").status_code == 204
