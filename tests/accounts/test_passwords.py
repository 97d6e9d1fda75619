"""What may be a password: long enough, no word everybody tries first, and else whatever somebody likes."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User

REFUSED = [
    "seven77",
    "password",
    "iloveyou1",
    "Backstride1",
    "running-2026",
    "my physio",
    "L0wer Back".replace("0", "o"),
]
TAKEN = ["walk before you run", "ⅨⅧ пароль 密码", "a" * 7 + "b", "runningwithscissors", "x" * 5 + "y" * 300]


@pytest.mark.parametrize("password", REFUSED)
def test_what_is_tried_first_is_refused_with_a_sentence(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User(email="ann@example.test"))
    assert all(str(words).strip().endswith(".") for words in refused.value.messages)


@pytest.mark.parametrize("password", TAKEN)
def test_anything_else_is_taken_as_it_is(password):
    validate_password(password, User(email="ann@example.test"))


@pytest.mark.django_db
def test_a_very_long_password_signs_up_and_in_exactly_as_typed(client):
    password = "Ünder the bridge, " * 7
    new = {"email": "ann@example.test", "password1": password, "display_name": "Ann", "time_zone": "UTC"}
    assert client.post(reverse("account_signup"), new).status_code == 302
    person = User.objects.get()
    assert person.check_password(password) and not person.check_password(password[:-1])
    assert not person.check_password(password.lower())
