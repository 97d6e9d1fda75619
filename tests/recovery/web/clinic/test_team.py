"""The team page: who is on duty, and saying so."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from tests import factories as make

from .conftest import raised

TEAM = "clinic:team"


def page(door) -> str:
    return door.get(reverse(TEAM)).text


@pytest.fixture
def mine(clinician) -> Membership:
    return Membership.objects.get(user=clinician)


def test_the_page_names_everybody_and_who_is_on_duty(door, colleague):
    text = page(door)
    assert "Tom Achterberg" in text and "Priya Raman" in text
    assert "Nobody is on duty" not in text


def test_when_nobody_is_on_duty_the_page_says_that_everybody_is_told(door, mine):
    assert door.post(reverse("clinic:duty"), {"member": mine.pk, "wish": "off"}).status_code == 302
    assert "Nobody is on duty." in page(door)
    assert "Everybody who works here is told" in page(door)


def test_handing_over_lists_what_is_open(door, escalation, patient):
    make_colleague = make.make_clinician(Membership.objects.get().clinic, on_duty=False, display_name="Ana Kos")
    text = page(door)
    assert patient.display_name in text and "1 thing is open" in text
    to = Membership.objects.get(user=make_colleague)
    answer = door.post(reverse("clinic:hand_over"), {"colleague": to.pk}, follow=True)
    assert "Ana Kos is on duty and gets a message" in answer.text
    to.refresh_from_db()
    assert to.on_duty


def test_what_is_open_ends_in_a_full_stop_without_a_blank(door, episode):
    raised(episode, "RF11", "SD")
    assert "New and worsening symptoms in one leg. <span" in page(door)


@pytest.mark.parametrize("sent", [{}, {"colleague": "x"}, {"colleague": "99999999999999999999999"}])
def test_handing_over_to_nobody_is_explained(door, sent):
    assert "Choose a colleague" in door.post(reverse("clinic:hand_over"), sent, follow=True).text


@pytest.mark.parametrize("sent", [{}, {"member": "1", "wish": "perhaps"}, {"member": "nobody", "wish": "on"}])
def test_a_wish_nobody_understands_changes_nothing(door, mine, sent):
    assert "not understood" in door.post(reverse("clinic:duty"), sent, follow=True).text
    mine.refresh_from_db()
    assert mine.on_duty


def test_only_a_lead_finds_buttons_for_others(door, colleague, mine):
    assert f'value="{Membership.objects.get(user=colleague).pk}"><button' not in page(door)
    Membership.objects.filter(pk=mine.pk).update(role="lead")
    assert f'value="{Membership.objects.get(user=colleague).pk}"><button' in page(door)


def test_somebody_without_a_clinic_is_told_so(client, db):
    client.force_login(make.make_user("clinician"))
    assert "No clinic yet" in page(client)


def test_the_navigation_leads_here(door, clinic):
    assert f'href="{reverse(TEAM)}"' in door.get(reverse("clinic:panel")).text
