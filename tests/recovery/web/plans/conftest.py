import pytest
from django.test import Client
from django.utils import timezone

from recovery.models import PlanVersion
from recovery.services import plans
from recovery.services.back_tests import asking, shards
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


def try_on_the_past() -> None:
    """A back-test of the plan's draft as it is, worked on to its end."""
    draft = PlanVersion.objects.drafts().select_related("plan").get()
    asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    shards.work(timezone.now)


def signed_in(person) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(person)
    return client
