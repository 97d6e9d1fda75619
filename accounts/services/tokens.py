"""Keys for programs that act for a person."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ..models import ApiToken, User
from ..models.fields import no_earlier_than
from .secrets import digest, new_secret

# Noting every use would make each read of the API a write.
USE_IS_NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def issue(user: User, now: datetime, name: str = "") -> tuple[ApiToken, str]:
    """Makes a key; its secret is shown once and not kept."""
    secret = new_secret()
    return ApiToken.objects.create(user=user, name=name, digest=digest(secret), created_at=now), secret


def authenticate(secret: str, now: datetime) -> ApiToken | None:
    """The standing key with this secret and its person, or nothing."""
    token = ApiToken.objects.active().select_related("user").filter(digest=digest(secret)).first()
    if token and (token.last_used_at is None or token.last_used_at <= now - USE_IS_NOTED_EVERY):
        note_use(token, now)
    return token


def note_use(token: ApiToken, now: datetime) -> None:
    """Remembers when a key was last used; never moves backwards."""
    earlier = Q(last_used_at__isnull=True, created_at__lte=now) | Q(last_used_at__lt=now)
    ApiToken.objects.filter(earlier, pk=token.pk).update(last_used_at=now)


@transaction.atomic
def revoke(token: ApiToken, now: datetime) -> bool:
    """Ends a key for good; False when it was ended before."""
    return bool(
        ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(
            revoked_at=no_earlier_than("created_at", now)
        )
    )
