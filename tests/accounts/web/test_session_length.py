"""A runner's phone stays signed in; a clinician signs in every working day."""

from datetime import timedelta

import pytest

from accounts.services.people import create_person

pytestmark = pytest.mark.django_db
PASSWORD = "seven-stepping-stones"


@pytest.mark.parametrize(
    ("role", "age"),
    [("patient", timedelta(days=90)), ("clinician", timedelta(hours=12)), ("admin", timedelta(hours=12))],
)
def test_how_long_a_sign_in_lasts(client, role, age):
    person = create_person(f"{role}@example.test", role, PASSWORD)
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert timedelta(seconds=client.session.get_expiry_age()) == pytest.approx(age, abs=timedelta(minutes=1))
