"""How long a sign-in lasts without its person: half an hour for staff, a month on a runner's phone."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone

from .sign_in import STAFF_SESSION

LAST, FIRST = "last_active", "signed_in"  # both in seconds since 1970, in the session
STAFF_IDLE, PATIENT_IDLE = timedelta(minutes=30), timedelta(days=30)
# Noting every page would make each of them a write.
STAFF_NOTED, PATIENT_NOTED = timedelta(minutes=1), timedelta(days=1)


class SignOutIdle:
    """Signs out whoever has not been there for too long, by whatever way they came in.

    A page that asks for itself again is nobody's presence.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SECOND_STEP and request.user.is_authenticated:
            self._see(request, timezone.now().timestamp())
        return self.get_response(request)

    def _see(self, request, now: float) -> None:
        session, is_patient = request.session, request.user.is_patient
        idle, noted = (PATIENT_IDLE, PATIENT_NOTED) if is_patient else (STAFF_IDLE, STAFF_NOTED)
        last, first = session.get(LAST), session.get(FIRST)
        if first is None:
            session[FIRST] = now
        is_over = first is not None and not is_patient and now - first > STAFF_SESSION.total_seconds()
        if is_over or (last is not None and now - last > idle.total_seconds()):
            logout(request)
        elif last is None or (now - last > noted.total_seconds() and not _asks_by_itself(request)):
            session[LAST] = now


def _asks_by_itself(request) -> bool:
    return request.method == "GET" and request.headers.get("HX-Request") == "true"
