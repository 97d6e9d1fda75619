"""How often one may ask: counted in the shared cache, and where it is guessed at, in the database."""

import re

from django.utils import timezone
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from accounts.services import limits
from accounts.services.secrets import digest

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Throttle(SimpleRateThrottle):
    """Reads its rate ("60/m", "10/15m") from the settings when asked, not when imported."""

    def get_rate(self):
        return api_settings.DEFAULT_THROTTLE_RATES.get(self.scope)

    def parse_rate(self, rate):
        if rate is None:
            return None, None
        number, many, unit = re.fullmatch(r"(\d+)/(\d*)([smhd])", rate).groups()
        return int(number), int(many or 1) * SECONDS[unit]

    def key(self, ident) -> str:
        return self.cache_format % {"scope": self.scope, "ident": ident}


class AnonymousThrottle(Throttle):
    """Strangers, by the address they come from."""

    scope = "anon"

    def get_cache_key(self, request, view):
        return None if request.user and request.user.is_authenticated else self.key(self.get_ident(request))


class PersonThrottle(Throttle):
    """People we know, by who they are."""

    scope = "user"

    def get_cache_key(self, request, view):
        return self.key(request.user.pk) if request.user and request.user.is_authenticated else None


class Guessing(Throttle):
    """Tries of a secret: of any number at once, exactly as many pass as the rate says."""

    def allow_request(self, request, view):
        key = self.get_cache_key(request, view)
        if key is None or self.rate is None:
            return True
        return limits.take(key, limits.Rate(self.num_requests, self.duration), timezone.now())

    def wait(self):
        return self.duration / self.num_requests


class TokenByAddress(Guessing):
    """Sign-ins for a token, by the address they come from."""

    scope = "token"

    def get_cache_key(self, request, view):
        return self.key(self.get_ident(request)) if request.method == "POST" else None


class TokenByAccount(Guessing):
    """Sign-ins for a token, by the account named, whether or not it exists."""

    scope = "token_account"

    def get_cache_key(self, request, view):
        if request.method != "POST" or not isinstance(request.data, dict):
            return None
        email = request.data.get("email")
        return self.key(digest(email.strip().lower())) if isinstance(email, str) else None
