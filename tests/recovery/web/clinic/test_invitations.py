"""Inviting patients from the clinic's pages."""

import pytest
from django.urls import reverse

from accounts.models import Invitation
from accounts.services import limits
from recovery.channels import email
from recovery.content.plans import shipped
from recovery.models import OutboxMessage
from recovery.services import invitations, plans
from tests import factories as make

from .conftest import NOW

PAGE = "clinic:invitations"


def invite(door, clinic, address):
    return door.post(reverse(PAGE), {"clinic": clinic.pk, "email": address}, follow=True)


def test_an_invitation_is_sent_with_a_link_that_opens(door, clinic, client):
    assert "The invitation is on its way." in invite(door, clinic, "new@example.test").text
    message = email.compose(OutboxMessage.objects.get(kind="invitation"), NOW)
    assert message.to == ["new@example.test"]
    path = next(word for word in message.body.split() if "/invitations/" in word).removeprefix("http://testserver")
    door.logout()
    assert client.get(path).status_code in (200, 302)


def test_the_answer_is_the_same_for_an_address_we_know(door, clinic, patient):
    known, unknown = invite(door, clinic, patient.email), invite(door, clinic, "nobody@example.test")
    assert known.redirect_chain == unknown.redirect_chain
    assert "The invitation is on its way." in known.text


def test_the_list_shows_what_became_of_each_invitation(door, clinic):
    invite(door, clinic, "twice@example.test")
    text = invite(door, clinic, "twice@example.test").text
    assert "Replaced by a newer one" in text
    assert "Open until 25 Mar" in text


@pytest.mark.parametrize("address", ["", "no address", "a@b", "x@example.test\r\nBcc: y@example.test"])
def test_an_address_that_is_none_is_refused(door, clinic, address):
    assert invite(door, clinic, address).status_code == 400
    assert not Invitation.objects.exists()


def test_nobody_invites_for_a_clinic_they_do_not_work_at(door):
    assert invite(door, make.make_clinic("Mill Lane"), "new@example.test").status_code == 400
    assert not Invitation.objects.exists()


def test_another_clinics_invitations_are_not_listed(door, clinic, client):
    invite(door, clinic, "ours@example.test")
    client.force_login(make.make_clinician(make.make_clinic("Mill Lane")))
    assert "ours@example.test" not in client.get(reverse(PAGE)).text


def test_a_clinic_chooses_the_plan_a_runner_begins_with(door, clinic):
    make.load_plan()
    assert "Plan they begin with" not in door.get(reverse(PAGE)).text
    plans.load(shipped("six-step-walk-run"), NOW)
    assert "Six steps from walking to running" in door.get(reverse(PAGE)).text
    told = {"clinic": clinic.pk, "email": "new@example.test", "plan": "six-step-walk-run"}
    door.post(reverse(PAGE), told)
    assert Invitation.objects.get(email="new@example.test").plan_key == "six-step-walk-run"
    assert door.post(reverse(PAGE), told | {"plan": "another"}).status_code == 400


def test_a_flood_of_letters_ends_with_a_sentence(door, clinic, monkeypatch):
    monkeypatch.setattr(invitations, "MOST", limits.Rate(2, 3600))
    texts = [invite(door, clinic, f"new{n}@example.test").text for n in range(3)]
    assert [("on its way" in text, "very many invitations" in text) for text in texts] == [(True, False)] * 2 + [
        (False, True)
    ]
    assert Invitation.objects.count() == 2
