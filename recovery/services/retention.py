"""How long each kind of data is kept, and letting go of what is older: in portions, again and again without harm."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import ApiToken, Invitation, User
from accounts.services import audit
from recovery.models import Shortfall

from . import heartbeat
from .erasure import erase

PORTION = 500
A_DAY = timedelta(days=1)
MARK = "purge"
DOOR = "manage:purge"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row that is let go of; `name` stands in docs/retention.md with the time and the reason."""

    name: str
    kept: timedelta
    older: Callable[[datetime], QuerySet]


def _unanswered(before: datetime) -> QuerySet:
    ended = Q(expires_at__lt=before) | Q(withdrawn_at__lt=before)
    return Invitation.objects.filter(ended, accepted_at__isnull=True)


def _unproved(before: datetime) -> QuerySet:
    """Accounts somebody began and whose address nobody ever proved, with nothing in them."""
    proved = EmailAddress.objects.filter(verified=True).values("user")
    begun = User.objects.filter(role=User.Role.PATIENT, joined_at__lt=before, last_login__isnull=True)
    has_something = Q(episodes__isnull=False) | Q(consents__isnull=False) | Q(api_tokens__isnull=False)
    return begun.exclude(pk__in=proved).exclude(has_something).filter(emailaddress__isnull=False)


KINDS = (
    Kind("sign-ins that have run out", timedelta(0), lambda before: Session.objects.filter(expire_date__lt=before)),
    Kind(
        "devices that signed in", timedelta(days=91), lambda before: UserSession.objects.filter(created_at__lt=before)
    ),
    Kind("invitations nobody accepted", timedelta(days=30), _unanswered),
    Kind("accounts whose address was never proved", timedelta(days=30), _unproved),
    Kind("ended keys of programs", timedelta(days=365), lambda before: ApiToken.objects.filter(revoked_at__lt=before)),
    Kind("faults put right", timedelta(days=365), lambda before: Shortfall.objects.filter(gone_at__lt=before)),
    Kind("changes in the staff tables", timedelta(days=2192), lambda at: LogEntry.objects.filter(action_time__lt=at)),
)


def due(now: datetime) -> dict[str, int]:
    """How many rows of each kind are older than they may be; nothing is changed."""
    return {kind.name: kind.older(now - kind.kept).count() for kind in KINDS}


def purge(now: datetime, most: int = 100 * PORTION) -> dict[str, int]:
    """Lets go of them, the portion in a transaction of its own: stopped at any point, the next round goes on.

    Returns how many of each kind went, at most `most` of one; the trail keeps the numbers, and no row is ever missed.
    """
    gone = {kind.name: _let_go(kind, now, most) for kind in KINDS}
    return {name: count for name, count in gone.items() if count}


def purge_daily(now: datetime) -> dict[str, int]:
    """The same, once a day however often it is asked; whoever asks at the same moment does no harm."""
    last = heartbeat.last(MARK)
    if last is not None and now - last < A_DAY:
        return {}
    heartbeat.note(MARK, now)
    return purge(now)


def _let_go(kind: Kind, now: datetime, most: int) -> int:
    gone = 0
    while gone < most and (count := _portion(kind, now)):
        gone += count
    return gone


@transaction.atomic
def _portion(kind: Kind, now: datetime) -> int:
    chosen = list(kind.older(now - kind.kept).order_by("pk").values_list("pk", flat=True).distinct()[:PORTION])
    if not chosen:
        return 0
    _remove(kind.older(now - kind.kept).model._base_manager.filter(pk__in=chosen), now)
    audit.record(audit.Action.ACTED, DOOR, None, now, details=f"{len(chosen)} {kind.name}")
    return len(chosen)


def _remove(rows: QuerySet, now: datetime) -> None:
    """An account leaves by the door of every erasure, with all that hangs on it."""
    if rows.model is not User:
        rows.delete()
        return
    for person in rows:
        erase(person, now)
