"""The link to a patient's calendar of check-ins: made, renewed, revoked, recognised."""

import uuid
from datetime import datetime

from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.services.secrets import digest
from recovery.channels.calendar import feed
from recovery.models import CalendarLink, Episode

from .wishes import setting_of, wish_of

SALT = "recovery.calendar"


def renew(person, now: datetime) -> CalendarLink:
    """A new link; the one before opens nothing any more."""
    nonce = uuid.uuid4()
    made = {"nonce": nonce, "digest": digest(_secret(nonce)), "made_at": now}
    return CalendarLink.objects.update_or_create(person=person, defaults=made)[0]


def revoke(person) -> None:
    """The link opens nothing any more."""
    CalendarLink.objects.filter(person=person).delete()


def secret_of(person) -> str:
    """The secret of a person's link; empty when there is none, or it was made with a key this service no longer has."""
    link = CalendarLink.objects.filter(person=person).first()
    secret = _secret(link.nonce) if link else ""
    return secret if link and digest(secret) == link.digest else ""


def owner_of(secret: str) -> User | None:
    """Whose calendar a secret opens."""
    link = CalendarLink.objects.select_related("person").filter(digest=digest(secret)).first()
    return link.person if link and link.person.is_active else None


def calendar_of(person, now: datetime) -> bytes:
    """The check-ins to come, as calendar apps read them; none while no reminder is wanted or no plan is open."""
    is_open = Episode.objects.of(person).open().exists()
    return feed(person, wish_of(setting_of(person)) if is_open else None, now)


def _secret(nonce: uuid.UUID) -> str:
    return salted_hmac(SALT, str(nonce), algorithm="sha256").hexdigest()
