import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Clinic, Membership, User

pytestmark = pytest.mark.django_db


def test_a_clinician_is_made_with_their_clinic():
    out = io.StringIO()
    call_command("create_person", "tom@example.test", "--clinic", "Harbour Street", "--lead", stdout=out)
    membership = Membership.objects.get(user__email="tom@example.test")
    assert membership.clinic.name == "Harbour Street" and membership.role == "lead"
    assert "tom@example.test" in out.getvalue()


def test_a_second_person_joins_the_same_clinic(clinic):
    call_command("create_person", "ida@example.test", clinic=clinic.name, stdout=io.StringIO())
    assert Clinic.objects.count() == 1


def test_the_password_is_read_from_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("walk before you run\n"))
    call_command("create_person", "ada@example.test", "--role", "admin", "--password", stdout=io.StringIO())
    assert User.objects.get().check_password("walk before you run")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["nora@example.test"], "already"),
        (["new@example.test", "--time-zone", "Mars"], "time zone"),
        (["new@example.test", "--role", "patient", "--clinic", "Mill Lane"], "cannot work at a clinic"),
    ],
)
def test_a_wrong_wish_gets_a_sentence_and_makes_nobody(patient, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("create_person", *options)
    assert User.objects.count() == 1 and not Clinic.objects.exists()
