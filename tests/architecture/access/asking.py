"""Asking for an address as somebody, in-process, with everything it may have changed taken back afterwards."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import AuditEvent

OPENS, NOTHING, REFUSED = "opens", "nothing", "refused"
SIGN_IN, SET_UP, AGAIN = "sign in", "set up", "again"


class Door:
    """What an answer means for who may see what, and which patients its line in the audit trail names."""

    def __init__(self, world):
        self.world = world
        self._handler, self._requests = BaseHandler(), RequestFactory()
        self._handler.load_middleware()
        self._before = AuditEvent.objects.count()

    def ask(self, method: str, path: str, who: str, is_confirmed: bool = False):
        """The answer to one request; nothing it wrote is kept. `audited` on it lists whom its audit line names."""
        request = self._requests.generic(method, path, content_type="application/x-www-form-urlencoded")
        if path.startswith("/api/"):
            request.META["CONTENT_TYPE"] = "application/json"
        request._dont_enforce_csrf_checks = True
        sessions = self.world.confirmed if is_confirmed else self.world.sessions
        if session := sessions.get(who):
            request.COOKIES[settings.SESSION_COOKIE_NAME] = session
        cache.clear()
        with transaction.atomic():
            answer = self._handler.get_response(request)
            answer.audited = self._audited()
            transaction.set_rollback(True)
        return answer

    def _audited(self) -> list:
        """Each line written since the world was made, as the set of patients it names."""
        rows = AuditEvent.objects.filter(number__gt=self._before).prefetch_related("patients")
        return [{each.patient for each in row.patients.all()} for row in rows]


def meaning(answer) -> str:
    """One word for an answer."""
    place = urlsplit(answer.headers.get("Location", "")).path
    if answer.status_code == 401 or place in (reverse("account_login"), reverse("admin:login")):
        return SIGN_IN
    if place == reverse("mfa_index") or (answer.status_code == 403 and not answer.content):
        return SET_UP
    if answer.status_code == 403:
        return REFUSED
    if place in (reverse("account_reauthenticate"), reverse("mfa_reauthenticate")):
        return AGAIN
    return NOTHING if answer.status_code in (404, 405) else OPENS
