"""What people choose for themselves is kept, and nothing else changes."""

import pytest
from django.core.exceptions import ValidationError

from accounts.services.preferences import change_preferences
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_choice_is_kept():
    user = make_user()
    change_preferences(user, time_zone="Europe/Lisbon", theme="dark")
    user.refresh_from_db()
    assert (user.time_zone, user.theme) == ("Europe/Lisbon", "dark")


@pytest.mark.parametrize("choice", [{"time_zone": "Mars/Olympus"}, {"theme": "neon"}])
def test_a_choice_nobody_can_have_is_refused(choice):
    user = make_user()
    with pytest.raises(ValidationError):
        change_preferences(user, **choice)
    user.refresh_from_db()
    assert (user.time_zone, user.theme) == ("UTC", "auto")


def test_a_role_is_no_preference():
    with pytest.raises(TypeError):
        change_preferences(make_user(), role="admin")
