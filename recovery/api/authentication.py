"""Who is asking: a program with a token, or a person signed in on our own pages."""

from django.utils import timezone
from rest_framework import authentication, exceptions

from accounts.services import tokens
from accounts.services.marks import mark_of

from .errors import CsrfFailed, OtherPerson

KEYWORD = "Bearer"


class BearerAuthentication(authentication.BaseAuthentication):
    """Reads `Authorization: Bearer <token>`; a token that opens nothing is refused, not ignored."""

    def authenticate(self, request):
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != KEYWORD.lower():
            return None
        token = tokens.authenticate(_printable(secret), timezone.now())
        if token is None:
            raise exceptions.AuthenticationFailed
        return token.user, token

    def authenticate_header(self, request):
        return f'{KEYWORD} realm="backstride"'


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of our own pages; changes need the CSRF token those pages hold."""

    def authenticate(self, request):
        """A phone names the person whose words it sends; they are never taken as somebody else's."""
        found = super().authenticate(request)
        meant = request.headers.get("Backstride-Person")
        if found and meant and meant != mark_of(found[0]):
            raise OtherPerson
        return found

    def enforce_csrf(self, request):
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as refusal:
            raise CsrfFailed from refusal


def _printable(secret: str) -> str:
    """The token as sent; headers may carry bytes that are no text at all."""
    return secret.strip().encode("utf-8", "replace").decode("utf-8")
