"""Which role may use which address; for everybody else there is nothing there."""

from rest_framework.permissions import BasePermission

PATIENT, CLINICIAN, ADMIN = ("patient",), ("clinician",), ("admin",)
CARE = PATIENT + CLINICIAN
EVERYBODY = CARE + ADMIN


class SignedIn(BasePermission):
    """Only people we know; the framework answers 401 to others."""

    def has_permission(self, request, view):
        return bool(request.user and request.user.is_authenticated)


class HasRole(SignedIn):
    """The view's `roles`: a tuple for all methods, or a tuple per method."""

    def has_permission(self, request, view):
        return super().has_permission(request, view) and request.user.role in roles_for(view, request.method)


def roles_for(view, method: str) -> tuple[str, ...]:
    """Roles that may use a method; a method the view lacks is refused only to those with no method at all."""
    if not isinstance(view.roles, dict):
        return view.roles
    everywhere = tuple(role for roles in view.roles.values() for role in roles)
    return view.roles.get("GET" if method == "HEAD" else method, everywhere)
