"""Who answers for a clinic is a fact people change, and the next one is told."""

from datetime import timedelta

import pytest

from accounts.models import Membership
from recovery.models import OutboxMessage
from recovery.services import duty, escalations
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db
NOW = at(DAY_1)


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def me(clinic):
    return make_clinician(clinic)


@pytest.fixture
def colleague(clinic):
    return make_clinician(clinic, on_duty=False)


def place(person) -> Membership:
    return Membership.objects.get(user=person)


def test_handing_over_changes_places_and_tells_the_colleague_once(me, colleague):
    for _ in range(2):  # a double tap
        duty.hand_over(me, place(colleague).pk, NOW)
    assert (place(me).on_duty, place(colleague).on_duty) == (False, True)
    assert OutboxMessage.objects.get(kind="on_duty").recipient == colleague


def test_nobody_hands_over_to_a_stranger_or_to_somebody_who_has_left(me, colleague):
    gone = place(colleague)
    Membership.objects.filter(pk=gone.pk).update(left_at=NOW)
    stranger = place(make_clinician(make_clinic("Mill Lane"), on_duty=False))
    for wrong in (gone.pk, stranger.pk, place(me).pk, 10**9):
        with pytest.raises(Refused, match="works at this clinic"):
            duty.hand_over(me, wrong, NOW)
    assert place(me).on_duty


def test_only_a_lead_changes_the_duty_of_others(me, colleague):
    with pytest.raises(Refused):
        duty.change(me, place(colleague).pk, True, NOW)
    Membership.objects.filter(user=me).update(role="lead")
    assert duty.change(me, place(colleague).pk, True, NOW).on_duty
    assert OutboxMessage.objects.get(kind="on_duty").recipient == colleague


def test_going_on_duty_oneself_needs_no_letter(colleague):
    assert duty.change(colleague, place(colleague).pk, True, NOW).on_duty
    assert not OutboxMessage.objects.exists()


def test_a_lead_elsewhere_changes_nothing_here(me, colleague):
    elsewhere = make_clinician(make_clinic("Mill Lane"))
    Membership.objects.filter(user=elsewhere).update(role="lead")
    with pytest.raises(Refused):
        duty.change(elsewhere, place(me).pk, False, NOW)


def test_the_team_shows_what_is_open_of_those_who_share_with_this_clinic(clinic, me):
    patient, stranger = make_user(), make_user()
    share(patient, clinic)
    for person in (patient, stranger):
        open_episode(person)
        check_in(person, DAY_1, red_flags=("RF01",))
    (team,) = duty.teams_of(me)
    assert [row.episode.patient for row in team.open] == [patient]
    escalations.resolve(team.open[0].pk, me, "reviewed", "Seen.", NOW + timedelta(hours=1))
    assert duty.teams_of(me)[0].open == []
