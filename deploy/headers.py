"""Headers Django does not send by itself."""

from csp.constants import NONCE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings

STAFF = "/staff/"
QR_CODE = "/accounts/2fa/totp/activate/"  # the page with the picture a phone photographs

# The staff tables come with scripts that compile expressions and styles written into elements.
# Only admins get there, and only these pages get this policy.
STAFF_POLICY = {
    "script-src": [SELF, NONCE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
}

UNUSED_FEATURES = ("camera", "geolocation", "microphone", "payment", "usb", "accelerometer", "gyroscope")


class ContentPolicy(CSPMiddleware):
    """The strict content policy everywhere, a looser one on the staff tables alone."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(STAFF) and parts.replace is None:
            parts.replace = STAFF_POLICY
        elif request.path_info == QR_CODE and parts.replace is None:
            parts.replace = {"img-src": [SELF, "data:"]}
        return parts


def permissions_policy(get_response):
    """Tells the browser that no page of ours needs a camera, a place or a payment."""
    value = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", value)
        return response

    return middleware


def nothing_kept(get_response):
    """What somebody signed in is shown stays in no cache; a page may say otherwise itself."""

    def middleware(request):
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware
