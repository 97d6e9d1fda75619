"""An invitation and the message that carries it are one thing."""

from datetime import timedelta

import pytest

from accounts.models import Invitation
from accounts.services.invitations import find
from recovery.models import OutboxMessage
from recovery.services import invitations
from tests import factories as make

NOW = make.at(make.DAY_1)


@pytest.fixture
def clinic(db):
    return make.make_clinic()


@pytest.fixture
def clinician(clinic):
    return make.make_clinician(clinic)


def test_the_message_carries_the_token_that_opens_the_invitation(clinic, clinician):
    made = invitations.invite(clinic, "new@example.test", clinician, NOW)
    message = OutboxMessage.objects.get()
    token = message.context["path"].strip("/").rpartition("/")[2]
    assert find(token) == made
    assert (message.kind, message.address, message.recipient) == ("invitation", "new@example.test", None)


def test_a_message_that_would_carry_a_dead_link_lapses(clinic, clinician):
    made = invitations.invite(clinic, "new@example.test", clinician, NOW)
    assert OutboxMessage.objects.get().not_after == made.expires_at == NOW + timedelta(days=14)


def test_no_message_is_written_without_its_invitation(clinic, clinician, monkeypatch):
    monkeypatch.setattr(invitations.outbox, "write", lambda messages: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        invitations.invite(clinic, "new@example.test", clinician, NOW)
    assert not Invitation.objects.exists()
