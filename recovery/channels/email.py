"""Sends a message as e-mail, in words that carry no health detail."""

import smtplib
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from recovery.models import Delivery, OutboxMessage

from . import mail_line, unsubscribe
from .errors import AddressRefused, Permanent, Temporary
from .mail_provider import AnymailError, provider_problem

ABOUT_US = (
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPSenderRefused,
)


class Email:
    """The channel everybody has: an account has an address."""

    name = "email"

    def endpoints(self, person) -> list[str]:
        """One, and nameless: the address the person has when it is sent."""
        return [""]

    def can_reach(self, person, endpoint: str) -> bool:
        return person is None or bool(person.email)

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Hands one message to the mail server."""
        hand_over(compose(delivery.message, now))
        return ""


def hand_over(mail: EmailMultiAlternatives) -> None:
    """Gives the mail to the server; raises Temporary or Permanent."""
    try:
        mail_line.hand_over(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        is_final = all(code >= 500 for code in codes)
        raise (AddressRefused if is_final else Temporary)(f"recipient refused {codes}") from refused
    except smtplib.SMTPResponseException as answer:
        is_final = _is_about_the_message(answer)
        raise (Permanent if is_final else Temporary)(f"server answered {answer.smtp_code}") from answer
    except AnymailError as problem:
        raise provider_problem(problem) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Temporary(type(problem).__name__) from problem


def _is_about_the_message(answer: smtplib.SMTPResponseException) -> bool:
    """Whether the server will never take this message; a server that will not have us at all is put right by people."""
    return answer.smtp_code >= 500 and not isinstance(answer, ABOUT_US)


def compose(message: OutboxMessage, now: datetime) -> EmailMultiAlternatives:
    """The e-mail for a message, in the recipient's language."""
    language = message.recipient.language if message.recipient else settings.LANGUAGE_CODE
    context = {
        "message": message,
        "recipient": message.recipient,
        "site": settings.SITE_URL,
        "unsubscribe": unsubscribe.address(message),
        **message.context,
    }
    with translation.override(language):
        subject = render_to_string(f"messages/{message.kind}.subject.txt", context)
        text = render_to_string(f"messages/{message.kind}.txt", context)
        html = render_to_string(f"messages/{message.kind}.html", context)
    mail = EmailMultiAlternatives(
        " ".join(subject.split()), text, to=[_address(message)], headers=_headers(message, now)
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _address(message: OutboxMessage) -> str:
    return message.recipient.email if message.recipient else message.address


def _headers(message: OutboxMessage, now: datetime) -> dict[str, str]:
    headers = {
        "Message-ID": f"<{message.pk}@{settings.MAIL_DOMAIN}>",
        "Date": format_datetime(now),
        "Auto-Submitted": "auto-generated",
    }
    return headers | unsubscribe.headers(message)
