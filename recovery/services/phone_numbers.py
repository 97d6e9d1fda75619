"""A number for text messages: given with agreement, proved by a code, stopped by a word or in the settings."""

import re
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts.services.secrets import digest
from recovery.channels.sms import CODE_KIND, is_on
from recovery.models import OutboxMessage, PhoneNumber

from . import outbox
from .refusals import Refused

INTERNATIONAL = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)
TEXT_VERSION = "1"
CODE_LASTS = timedelta(minutes=10)
BETWEEN_CODES = timedelta(minutes=1)
MOST_CODES = 5  # within a day
MOST_TRIES = 5
STOP_WORDS = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit"}


def number_of(person) -> PhoneNumber | None:
    """The number a person gave, proved or not."""
    return PhoneNumber.objects.filter(person=person).first()


@transaction.atomic
def ask(person, number: str, now: datetime) -> PhoneNumber:
    """Sends a code to a number its owner agreed to be reached at; until it is typed nothing else goes there."""
    number = re.sub(r"[\s()./-]", "", number)
    if not is_on() or not INTERNATIONAL.fullmatch(number):
        raise Refused("number_unknown", "number")
    last = PhoneNumber.objects.select_for_update().filter(person=person).first()
    sent = _codes_today(last, now)
    code = f"{secrets.randbelow(1_000_000):06}"
    row, _ = PhoneNumber.objects.update_or_create(
        person=person,
        defaults={
            "number": number,
            "agreed_at": now,
            "text_version": TEXT_VERSION,
            "code_digest": _digest(person, code),
            "code_sent_at": now,
            "code_tries": 0,
            "codes_sent": sent + 1,
            "verified_at": None,
            "stopped_at": None,
        },
    )
    outbox.write([_message(person, code, now)])
    return row


def _codes_today(last: PhoneNumber | None, now: datetime) -> int:
    """How many codes went out lately; raises Refused when that is enough."""
    if last is None or now - last.code_sent_at >= timedelta(days=1):
        return 0
    if now - last.code_sent_at < BETWEEN_CODES or last.codes_sent >= MOST_CODES:
        raise Refused("code_too_soon", "number")
    return last.codes_sent


def _message(person, code: str, now: datetime) -> OutboxMessage:
    return outbox.message(
        f"phone_code:{person.pk}:{now.isoformat()}",
        CODE_KIND,
        now,
        recipient=person,
        priority=OutboxMessage.Priority.ACCOUNT,
        context={"code": code},
        not_after=now + CODE_LASTS,
    )


def prove(person, code: str, now: datetime) -> None:
    """The owner typed the code: from now on text messages go there. Raises Refused; each try counts."""
    waiting = PhoneNumber.objects.filter(person=person, verified_at=None, code_sent_at__gt=now - CODE_LASTS)
    counted = waiting.filter(code_tries__lt=MOST_TRIES).update(code_tries=F("code_tries") + 1)
    right = _digest(person, code.strip())
    if not counted or not waiting.filter(code_digest=right).update(verified_at=now, code_digest=""):
        raise Refused("code_wrong", "code")


def remove(person) -> None:
    """No number, no text messages."""
    PhoneNumber.objects.filter(person=person).delete()


def hear(number: str, words: str, now: datetime) -> int:
    """What somebody answered to a text message; a stop word ends them for that number. Returns for how many people."""
    if words.strip().strip(".!").lower() not in STOP_WORDS:
        return 0
    return PhoneNumber.objects.filter(number=number.strip(), stopped_at=None).update(stopped_at=now)


def _digest(person, code: str) -> str:
    return digest(f"{person.pk}:{code}")
