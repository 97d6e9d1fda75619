"""Making people who did not sign up themselves: staff, and the people of a demo."""

from allauth.account.models import EmailAddress
from django.db import transaction

from ..models import User


class AlreadyKnown(Exception):
    """Somebody has this e-mail address already."""


@transaction.atomic
def create_person(email: str, role: str = User.Role.PATIENT, password: str | None = None, **fields) -> User:
    """Makes a person whose address counts as verified; an admin may open the staff tables.

    fields: display_name, time_zone, language, theme, joined_at. Raises AlreadyKnown and ValidationError.
    """
    if User.objects.filter(email=email).exists():
        raise AlreadyKnown(email)
    is_admin = role == User.Role.ADMIN
    user = User(email=email, role=role, is_staff=is_admin, is_superuser=is_admin, **fields)
    user.set_password(password)
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user
