"""The one place where looking at somebody else's data is written down: doors note whom they show, this records it."""

from uuid import UUID

from django.utils import timezone

from ..access import shown_in
from ..services import audit

SAFE = ("GET", "HEAD", "OPTIONS")
REFUSED = (403, 404)
# Doors that are for some people only; elsewhere a 404 is a mistyped address and nobody's secret.
GUARDED = {"clinic", "plans", "admin", "emergency"}


class Trail:
    """Writes one row for each answer that shows or changes another person's data, before the answer leaves."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_worth_it = shown_in(request) or response.status_code in REFUSED
        if is_worth_it and request.resolver_match is not None and request.user.is_authenticated:
            self._write(request, response.status_code)
        return response

    def _write(self, request, status: int) -> None:
        others = shown_in(request) - {request.user.pk}
        what, now = request.resolver_match.view_name or request.resolver_match.route, timezone.now()
        if status in REFUSED:
            if others or _is_guarded(request.resolver_match):
                audit.record(audit.Action.DENIED, what, request.user, now, others, _asked_for(request.resolver_match))
        elif others and status < 500 and not _is_refresh(request, what, now, others):
            changed = request.method not in SAFE and status < 400  # a form with a mistake changed nothing
            action = audit.Action.ACTED if changed else audit.Action.READ
            audit.record(action, what, request.user, now, others)


def _is_refresh(request, what, now, others) -> bool:
    """A page that asks for itself again every minute is one look, not sixty."""
    is_own_asking = request.method == "GET" and request.headers.get("HX-Request") == "true"
    return is_own_asking and audit.was_just_recorded(what, request.user, now, others)


def _is_guarded(match) -> bool:
    return bool(_ids(match)) or bool(GUARDED & set(match.namespaces))


def _asked_for(match) -> str:
    return " ".join(f"{name}={value}" for name, value in _ids(match).items())


def _ids(match) -> dict:
    return {name: value for name, value in match.kwargs.items() if isinstance(value, UUID | int) or name == "object_id"}
