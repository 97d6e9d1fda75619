"""Whether a person wants routine letters and whether their address takes any."""

from datetime import datetime

from recovery.channels import AddressRefused
from recovery.models import Delivery, EmailStanding, OutboxMessage


def standing_of(person) -> EmailStanding:
    """How things stand; nothing on record means all is well."""
    return EmailStanding.objects.filter(person=person).first() or EmailStanding(person=person)


def is_unwanted(message: OutboxMessage) -> bool:
    """A routine letter to somebody who unsubscribed; one about safety or the account always goes."""
    if message.recipient is None or message.priority != OutboxMessage.Priority.ROUTINE:
        return False
    standing = getattr(message.recipient, "email_standing", None)
    return standing is not None and standing.unsubscribed_at is not None


def unsubscribe(person, now: datetime) -> None:
    """No more routine letters; asked twice, the first time counts."""
    EmailStanding.objects.get_or_create(person=person)
    EmailStanding.objects.filter(person=person, unsubscribed_at=None).update(unsubscribed_at=now)


def subscribe(person) -> None:
    """Routine letters again."""
    EmailStanding.objects.filter(person=person).update(unsubscribed_at=None)


def note_refusal(row: Delivery, problem: Exception, now: datetime) -> None:
    """Keeps that the person's address takes no mail, so that they can be told inside the app."""
    person = row.message.recipient
    if person is not None and row.channel == "email" and isinstance(problem, AddressRefused):
        refused = {"refused_address": person.email, "refused_at": now}
        EmailStanding.objects.update_or_create(person=person, defaults=refused)


def note_accepted(row: Delivery) -> None:
    """An address that takes mail again is refused no more."""
    standing = getattr(row.message.recipient, "email_standing", None)
    if row.channel == "email" and standing is not None and standing.refused_address:
        EmailStanding.objects.filter(person=standing.person_id).update(refused_address="", refused_at=None)
