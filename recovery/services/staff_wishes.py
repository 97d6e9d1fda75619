"""By which ways clinicians and admins are told; whatever they chose, an escalation always finds one that works."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from recovery.channels.directory import CHANNELS
from recovery.models import StaffWish

from . import email_standing
from .refusals import Refused

Way = tuple[str, str]


def wish_of(person) -> StaffWish:
    """What they chose; nothing on record means every way."""
    return StaffWish.objects.filter(person=person).first() or StaffWish(person=person)


@transaction.atomic
def keep(person, by_email: bool, by_push: bool, by_sms: bool) -> StaffWish:
    """Keeps which ways they want; raises Refused when none of them would reach them now."""
    User.objects.select_for_update().get(pk=person.pk)
    wish = StaffWish(person=person, by_email=by_email, by_push=by_push, by_sms=by_sms)
    if not any(wish.takes(channel) for channel in working(person)):
        raise Refused("no_way_for_escalations")
    values = {"by_email": by_email, "by_push": by_push, "by_sms": by_sms}
    return StaffWish.objects.update_or_create(person=person, defaults=values)[0]


def working(person) -> set[str]:
    """The channels that reach this person now: an address that takes no mail is none."""
    ways = [(channel.name, point) for channel in CHANNELS.values() for point in channel.endpoints(person)]
    return {channel for channel, _ in ways if _works(person, channel)}


def chosen(person, ways: Sequence[Way]) -> list[Way]:
    """The (channel, endpoint) pairs they want out of all they have; all of them when no chosen one works."""
    wish = wish_of(person)
    wanted = [way for way in ways if wish.takes(way[0])]
    return wanted if any(_works(person, channel) for channel, _ in wanted) else list(ways)


def _works(person, channel: str) -> bool:
    return channel != "email" or email_standing.standing_of(person).refused_address != person.email
