import pytest
from django.test import Client

from recovery.services import plans
from tests.factories import DAY_1, at, load_plan, make_user

KEY = "lower-back-running"


@pytest.fixture
def plan(db):
    """The shipped plan, published as version 1."""
    return load_plan()


@pytest.fixture
def admin(db):
    """Somebody who may change plans."""
    return make_user("admin", display_name="Priya Raman")


@pytest.fixture
def colleague(db):
    """Another admin."""
    return make_user("admin", display_name="Sam Okafor")


@pytest.fixture
def browser(admin):
    """The admin's browser."""
    return signed_in(admin)


@pytest.fixture
def draft(plan, admin):
    """A fresh draft of the plan."""
    return plans.start_draft(KEY, admin, at(DAY_1))


def signed_in(person) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(person)
    return client
