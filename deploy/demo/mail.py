"""Reads the demo's mail: what the local mail server accepted, as text."""

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOWN = 50
HEADERS = ("From", "To", "Subject", "Date", "Message-ID")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as its reader sees it."""

    name: str
    message: EmailMessage

    @property
    def sent_to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def arrived_at(self):
        when = self.message["Date"].datetime if self.message["Date"] else None
        return when.astimezone(timezone.get_current_timezone()) if when and when.tzinfo else when

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(self.message[name])) for name in HEADERS if self.message[name]]

    @property
    def text(self) -> str:
        body = self.message.get_body(preferencelist=("plain", "html"))
        return body.get_content() if body else ""


@never_cache
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """The newest messages."""
    names = sorted((path.name for path in _folder().glob("*.eml")), reverse=True)[:SHOWN]
    return render(request, "demo/mail_list.html", {"letters": [_read(name) for name in names]})


@never_cache
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One message: its headers and its text."""
    if not (_folder() / f"{name}.eml").is_file():
        raise Http404
    return render(request, "demo/mail.html", {"letter": _read(f"{name}.eml")})


def _folder() -> Path:
    return settings.DATA_DIR / "mail"


def _read(name: str) -> Letter:
    message = email.message_from_bytes((_folder() / name).read_bytes(), policy=default)
    return Letter(name.removesuffix(".eml"), message)
