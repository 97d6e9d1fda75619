"""Text messages through any provider that takes one HTTP request for each; off unless one is configured."""

import json
from base64 import b64encode
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from recovery.models import Delivery, OutboxMessage, PhoneNumber

from . import http
from .errors import Permanent, Temporary

CODE_KIND = "phone_code"
TO_VERIFY = "verify"  # the endpoint of a code: the number whose owner has not answered yet
ABOUT_THE_MESSAGE = (400, 404, 413, 422)
SLOW_DOWN = 429


class Sms:
    """The channel of everybody who gave a number and typed the code sent to it."""

    name = "sms"

    def endpoints(self, person) -> list[str]:
        """One, and nameless: the number the person has when it is sent."""
        return [""] if self.can_reach(person, "") else []

    def can_reach(self, person, endpoint: str) -> bool:
        row = PhoneNumber.objects.filter(person=person).first() if is_on() and person else None
        return row is not None and (endpoint == TO_VERIFY or row.is_used)

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Hands one text message to the provider; its own reference comes back."""
        row = PhoneNumber.objects.filter(person=delivery.message.recipient_id).first()
        if row is None:
            raise Permanent("number was removed")
        return post(row.number, text_of(delivery.message), str(delivery.message_id))


def is_on() -> bool:
    """Whether a provider is configured."""
    return bool(settings.SMS["URL"])


def is_for(message: OutboxMessage) -> bool:
    """Only what is worth a text message: a word about safety, a second reminder, a word after quiet days."""
    if message.kind == "silence_nudge" or message.priority == OutboxMessage.Priority.SAFETY:
        return True
    return message.reminder is not None and message.reminder.slot == "second"


def text_of(message: OutboxMessage) -> str:
    """The same words for every person and every kind of message; a code has its own."""
    name = CODE_KIND if message.kind == CODE_KIND else "sms"
    context = {"site": settings.SITE_URL, "code": message.context.get("code", "")}
    with translation.override(message.recipient.language if message.recipient else settings.LANGUAGE_CODE):
        return " ".join(render_to_string(f"messages/{name}.txt", context).split())


def post(number: str, text: str, reference: str) -> str:
    """One request as this provider wants it; raises Temporary or Permanent."""
    to, sender, body = settings.SMS["FIELDS"]
    fields = {to: number, sender: settings.SMS["FROM"], body: text}
    is_json = settings.SMS["FORMAT"] == "json"
    content = json.dumps(fields) if is_json else urlencode(fields)
    headers = {
        "Content-Type": "application/json" if is_json else "application/x-www-form-urlencoded",
        "Idempotency-Key": reference,
        **_authorization(),
    }
    answer = http.post(settings.SMS["URL"], content.encode(), headers, is_trusted=True)
    if 200 <= answer.status < 300:
        return _reference_in(answer.body)
    words = f"provider answered {answer.status}"
    raise Permanent(words) if answer.status in ABOUT_THE_MESSAGE else Temporary(words, answer.status != SLOW_DOWN)


def _authorization() -> dict[str, str]:
    if settings.SMS["TOKEN"]:
        return {"Authorization": f"Bearer {settings.SMS['TOKEN']}"}
    if settings.SMS["USER"]:
        pair = f"{settings.SMS['USER']}:{settings.SMS['PASSWORD']}".encode()
        return {"Authorization": "Basic " + b64encode(pair).decode()}
    return {}


def _reference_in(body: bytes) -> str:
    """The provider's own name for the message, where it gives one."""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    return str(said.get(settings.SMS["REFERENCE"], "")) if isinstance(said, dict) else ""
