"""Which role may use which address; for everybody else there is nothing there."""

from rest_framework.permissions import SAFE_METHODS, BasePermission

from accounts.models import ApiToken, Scope

from .errors import ScopeMissing

PATIENT, CLINICIAN, ADMIN = ("patient",), ("clinician",), ("admin",)
CARE = PATIENT + CLINICIAN
EVERYBODY = CARE + ADMIN

ABOUT_CARE, ABOUT_PLANS, ABOUT_NOTHING = "care", "plans", ""
# To read and to write: a diary by whose it is, a plan by whoever asks.
SCOPES = {
    "patient": (Scope.READ_CHECK_INS, Scope.WRITE_CHECK_INS),
    "clinician": (Scope.READ_PATIENTS, Scope.ACT_FOR_PATIENTS),
    "admin": (Scope.READ_PATIENTS, Scope.ACT_FOR_PATIENTS),
    ABOUT_PLANS: (Scope.READ_PLANS, Scope.WRITE_PLANS),
}


class SignedIn(BasePermission):
    """Only people we know; the framework answers 401 to others."""

    def has_permission(self, request, view):
        return bool(request.user and request.user.is_authenticated)


class HasRole(SignedIn):
    """The view's `roles`: a tuple for all methods, or a tuple per method; a program's key must open it too."""

    def has_permission(self, request, view):
        if not super().has_permission(request, view) or request.user.role not in roles_for(view, request.method):
            return False
        needed = scope_for(view, request.method, request.user.role)
        if needed and isinstance(request.auth, ApiToken) and not request.auth.allows(needed):
            raise ScopeMissing(needed)
        return True


def scope_for(view, method: str, role: str) -> str:
    """What a key must allow for this; empty for what any key may do."""
    if not view.about:
        return ""
    read, write = SCOPES[view.about] if view.about in SCOPES else SCOPES[role]
    return (read if method in SAFE_METHODS else write).value


def roles_for(view, method: str) -> tuple[str, ...]:
    """Roles that may use a method; a method the view lacks is refused only to those with no method at all."""
    if not isinstance(view.roles, dict):
        return view.roles
    everywhere = tuple(role for roles in view.roles.values() for role in roles)
    return view.roles.get("GET" if method == "HEAD" else method, everywhere)
