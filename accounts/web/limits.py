"""Where tries are counted at the doors: allauth's own limits, codes somebody types, links nobody sent."""

import logging
from http import HTTPStatus

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.shortcuts import render
from django.utils import timezone

from ..services import limits
from ..services.limits import Rate

log = logging.getLogger(__name__)

# allauth counts wrong codes in the session: of many sent at once each would read the same count.
A_CODE = Rate(5, 10 * 60)
CODES = {
    "account_confirm_login_code",
    "account_email_verification_sent",
    "mfa_authenticate",
    "mfa_reauthenticate",
}
AN_UNKNOWN_LINK = Rate(20, 60)
BY_LINK = {"accounts:invitation", "calendar", "unsubscribe"}


class Usage:
    """A try that was taken, as allauth knows it."""

    def __init__(self, key: str, rate: Rate):
        self.key, self.rate = key, rate

    def rollback(self) -> None:
        limits.give_back(self.key, self.rate)


def count_in_the_database() -> None:
    """Replaces the two places where allauth counts in the cache, which a restart empties, by the database."""
    ratelimit._consume_single_rate = _take
    ratelimit.clear = _clear


def _take(request, *, app, action, rate, key=None, user=None, dry_run=False, raise_exception=False):
    name = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key, user=user)
    ours = Rate(rate.amount, rate.duration)
    ask = limits.is_left if dry_run else limits.take
    if ask(name, ours, timezone.now()):
        return Usage(name, ours)
    log.warning("too many tries", extra={"action": f"{app}.{action}", "per": rate.per})
    if raise_exception:
        raise RateLimited
    return None


def _clear(request, *, app, action, config=None, key=None, user=None):
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        limits.refill(ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key, user=user))


class Guesses:
    """Bounds how many codes one sign-in may try, and how many links nobody was sent one address may open."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and _name(request) in BY_LINK:
            limits.take(_stranger(request), AN_UNKNOWN_LINK, timezone.now())
        return response

    def process_view(self, request, view, args, kwargs):
        name, now = _name(request), timezone.now()
        if name in CODES and request.method == "POST" and "code" in request.POST:
            who = request.session.session_key or ratelimit.get_ip(request)
            if not limits.take(f"code:{name}:{who}", A_CODE, now):
                return too_many(request)
        if name in BY_LINK and not limits.is_left(_stranger(request), AN_UNKNOWN_LINK, now):
            return too_many(request)
        return None


def too_many(request):
    """The page that asks for patience."""
    log.warning("too many tries", extra={"action": _name(request)})
    return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def _name(request) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def _stranger(request) -> str:
    return f"link:{ratelimit.get_ip(request)}"
