"""Headers Django does not send by itself."""

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings

QR_CODE = "/accounts/2fa/totp/activate/"  # the page with the picture a phone photographs

UNUSED_FEATURES = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "idle-detection"),
    *("local-fonts", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)


class ContentPolicy(CSPMiddleware):
    """One strict content policy everywhere; one page alone may show a picture written into it."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info == QR_CODE and parts.replace is None:
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
    """What somebody known is shown stays in no cache; a page may say otherwise itself."""

    def middleware(request):
        response = get_response(request)
        # By cookie, by an API token, or by an answer that only now makes a session.
        is_known = (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            or "Authorization" in request.headers
            or settings.SESSION_COOKIE_NAME in response.cookies
        )
        if is_known and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware
