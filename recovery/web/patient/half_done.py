"""Answers sent after the session had ended: sealed in a cookie of the check-in's own, given back once after signing in.

Only for a browser without scripts; with them the phone keeps the answers itself.
"""

import json
from datetime import datetime, timedelta
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts import sealing
from accounts.services.marks import mark_of

from .forms.check_in import CheckInForm

COOKIE = "half-done"
PLACE = "a check-in on its way through the sign-in page"
KEPT_FOR = timedelta(hours=2)
LONGEST_VALUE, MOST_VALUES, LONGEST_COOKIE = 40, 40, 3500
NOT_KEPT = ("key", "time_zone")
MANY = ("red_flags",)


def survives_sign_in(view):
    """Keeps what a signed-out person sent to this form, and asks them to sign in."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and not request.user.is_authenticated:
            return _kept(request)
        return view(request, *args, **kwargs)

    return guarded


def given_back(request) -> dict:
    """What this person had sent, as the initial values of the form; empty when there is nothing, or it is another's."""
    try:
        kept = json.loads(sealing.unseal(request.COOKIES[COOKIE], PLACE))
        is_fresh = timezone.now() - datetime.fromisoformat(kept["at"]) < KEPT_FOR
    except (KeyError, ValueError, TypeError, sealing.WrongKey):
        return {}
    return kept["answers"] if is_fresh and kept["whose"] == mark_of(request.user) else {}


def forget(request, response):
    """Takes the cookie away: it has been given back, or is of no use here."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=_path())
    return response


def _kept(request):
    response = redirect_to_login(request.path)
    kept = {"at": timezone.now().isoformat(), "whose": request.POST.get("whose", ""), "answers": _answers(request.POST)}
    sealed = sealing.seal(json.dumps(kept), PLACE)
    if len(sealed) <= LONGEST_COOKIE:
        response.set_cookie(
            COOKIE,
            sealed,
            max_age=KEPT_FOR,
            path=_path(),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _answers(sent: QueryDict) -> dict:
    """The answers alone, each within its bounds; whether they are right the form says later."""
    names = [name for name in CheckInForm.base_fields if name in sent and name not in NOT_KEPT]
    return {name: _short(sent, name) for name in names}


def _short(sent: QueryDict, name: str):
    values = [value[:LONGEST_VALUE] for value in sent.getlist(name)[:MOST_VALUES]]
    return values if name in MANY else values[-1]


def _path() -> str:
    return reverse("patient:check_in")
