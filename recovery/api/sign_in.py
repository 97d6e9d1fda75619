"""Telling who somebody is by their password, at the same pace whether or not we know them."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from accounts.models import User

WITH_CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def person_with(email: str, password: str, code: str | None) -> User:
    """The person these belong to; raises ValidationError with the same words for every wrong pair."""
    person = _with_password(email, password)
    if person is None:
        raise ValidationError({"password": [_("This e-mail address and password do not belong together.")]})
    if not _has_second_factor(person, code):
        raise ValidationError({"code": [_("Enter a current one-time code.")]})
    return person


def _with_password(email: str, password: str) -> User | None:
    """Hashes once for a known and for an unknown address."""
    known = User.objects.filter(
        email=email, is_active=True, emailaddress__verified=True, emailaddress__primary=True
    ).first()
    if known is None:
        User().set_password(password)
        return None
    return known if known.check_password(password) else None


def _has_second_factor(person: User, code: str | None) -> bool:
    factors = list(Authenticator.objects.filter(user=person))
    if not factors:
        return person.is_patient or not settings.SECOND_STEP
    return bool(code) and any(row.wrap().validate_code(code) for row in factors if row.type in WITH_CODES)
