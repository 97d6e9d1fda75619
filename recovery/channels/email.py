"""Sends a message as e-mail, in words that carry no health detail."""

import smtplib
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from recovery.models import OutboxMessage

from . import Permanent, Temporary

ABOUT_US = (
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPSenderRefused,
)


def send(message: OutboxMessage, now: datetime) -> None:
    """Hands one message to the mail server; raises Temporary or Permanent.

    The Message-ID is the outbox row's own, so a second copy of the same message can be recognised.
    """
    try:
        compose(message, now).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise (Permanent if all(code >= 500 for code in codes) else Temporary)(
            f"recipient refused {codes}"
        ) from refused
    except smtplib.SMTPResponseException as answer:
        raise (Permanent if _is_about_the_message(answer) else Temporary)(
            f"server answered {answer.smtp_code}"
        ) from answer
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
    return {
        "Message-ID": f"<{message.pk}@{settings.MAIL_DOMAIN}>",
        "Date": format_datetime(now),
        "Auto-Submitted": "auto-generated",
    }
