"""Which plan a runner begins with: what their clinic invited them to, while they share with it."""

from datetime import timedelta

import pytest

from accounts.services.consent import withdraw_consent
from accounts.services.invitations import accept, invite
from recovery.content.plans import shipped
from recovery.services import episodes, plans
from recovery.services.plan_choice import chosen_for, offered
from tests.factories import DAY_1, answers, at, load_plan, make_clinic, make_clinician, make_user

pytestmark = pytest.mark.django_db
WALK_RUN = "six-step-walk-run"
NOW = at(DAY_1, 6)


@pytest.fixture
def clinic():
    load_plan()
    plans.load(shipped(WALK_RUN), at(DAY_1, 5))
    return make_clinic()


@pytest.fixture
def patient():
    return make_user()


def invited(clinic, patient, plan_key: str, now=NOW):
    _, token = invite(clinic, patient.email, make_clinician(clinic), now, plan_key)
    return accept(token, patient, now + timedelta(minutes=5))


def test_somebody_invited_to_a_plan_begins_with_it(clinic, patient):
    invited(clinic, patient, WALK_RUN)
    episode = episodes.open_episode(patient, answers(), at(DAY_1))
    assert episode.plan_version.plan.key == WALK_RUN


def test_without_an_invitation_it_is_the_default_plan(clinic, patient):
    assert episodes.open_episode(patient, answers(), at(DAY_1)).plan_version.plan.key == "lower-back-running"


def test_a_clinic_that_is_left_no_longer_chooses(clinic, patient):
    invited(clinic, patient, WALK_RUN)
    assert chosen_for(patient) == WALK_RUN
    withdraw_consent(patient, clinic, at(DAY_1))
    assert chosen_for(patient) == "lower-back-running"


def test_the_newest_invitation_counts(clinic, patient):
    invited(clinic, patient, WALK_RUN)
    invited(make_clinic("Hill Lane"), patient, "", NOW + timedelta(hours=1))
    assert chosen_for(patient) == "lower-back-running"


def test_a_plan_that_was_never_published_gives_way_to_the_default_one(clinic, patient):
    invited(clinic, patient, "written-tomorrow")
    assert chosen_for(patient) == "lower-back-running"


def test_published_plans_are_offered_with_the_default_one_first(clinic):
    assert [plan.key for plan in offered()] == ["lower-back-running", WALK_RUN]
