"""Keys for programs that act for a person."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ..models import ApiToken, Scope, User
from ..models.fields import no_earlier_than
from .secrets import digest, new_secret

# Noting every use would make each read of the API a write.
USE_IS_NOTED_EVERY = timedelta(minutes=5)


# What a key of this kind of person can be asked for; the first part is what it has when nothing is asked for.
USUAL = {
    User.Role.PATIENT: (Scope.READ_CHECK_INS, Scope.WRITE_CHECK_INS, Scope.READ_PLANS),
    User.Role.CLINICIAN: (Scope.READ_PATIENTS, Scope.ACT_FOR_PATIENTS, Scope.READ_PLANS),
    User.Role.ADMIN: (Scope.READ_PLANS,),
}
BY_NAME_ALONE = {User.Role.ADMIN: (Scope.WRITE_PLANS,)}


class NotTheirs(Exception):
    """A scope was asked for that this kind of person cannot give away."""


def scopes_of(user: User) -> tuple[str, ...]:
    """Everything a key of this person could do."""
    role = User.Role(user.role)
    return tuple(scope.value for scope in (*USUAL[role], *BY_NAME_ALONE.get(role, ())))


@transaction.atomic
def issue(user: User, now: datetime, name: str = "", scopes: Iterable[str] = ()) -> tuple[ApiToken, str]:
    """Makes a key; its secret is shown once and not kept. Raises NotTheirs for a scope of another kind of person."""
    wanted = set(scopes) or {scope.value for scope in USUAL[User.Role(user.role)]}
    if not wanted <= set(scopes_of(user)):
        raise NotTheirs(", ".join(sorted(wanted - set(scopes_of(user)))))
    secret, written = new_secret(), " ".join(scope for scope in scopes_of(user) if scope in wanted)
    made = ApiToken.objects.create(user=user, name=name, scopes=written, digest=digest(secret), created_at=now)
    return made, secret


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
