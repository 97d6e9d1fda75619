"""The three requests that are compared, as bytes ready to send."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings

from .people import Patient, said

CSRF = "b" * 32
JSON = "application/json"
THROUGH_PROXY = ("Host: 127.0.0.1", "X-Forwarded-Proto: https", "Origin: https://127.0.0.1")
FORM = "application/x-www-form-urlencoded"
Source = Callable[[Patient, random.Random], bytes]


def bare(patient: Patient, rnd: random.Random) -> bytes:
    """One insert; a body as long as a check-in's answers."""
    return post("/keep/", b"x" * 190, "text/plain")


def api(patient: Patient, rnd: random.Random) -> bytes:
    """A phone's check-in for the patient's next day."""
    made_at = patient.next_evening()
    fact = asdict(said(made_at.date(), rnd))
    body = {
        **fact,
        "day": made_at.date().isoformat(),
        "red_flags": [],
        "id": str(uuid4()),
        "made_at": made_at.isoformat(),
        "time_zone": "UTC",
    }
    return post("/api/v1/check-ins/", json.dumps(body).encode(), JSON, f"Authorization: Bearer {patient.token}")


def web(patient: Patient, rnd: random.Random) -> bytes:
    """The form, sent on the evening of the patient's next day."""
    now = patient.next_evening()
    fact = said(now.date(), rnd)
    form = {
        **{name: getattr(fact, name) for name in ("day", "average", "worst", "morning", "function", "medicine")},
        "session_status": fact.session.status,
        "session_pain": "" if fact.session.pain is None else fact.session.pain,
        "key": uuid4(),
        "time_zone": "UTC",
        "worried": "no",
        "csrfmiddlewaretoken": CSRF,
    }
    cookies = f"Cookie: {settings.SESSION_COOKIE_NAME}={patient.session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    return post("/check-in/", urlencode(form).encode(), FORM, cookies, f"X-Bench-Now: {now.isoformat()}")


def post(path: str, body: bytes, kind: str, *headers: str) -> bytes:
    """A whole HTTP/1.1 request on a connection that stays open."""
    about = [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([f"POST {path} HTTP/1.1", *THROUGH_PROXY, *about, *headers, "", ""]).encode() + body
