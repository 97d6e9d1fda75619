"""A token for programs."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, ValidationError

from accounts.models import ApiToken
from accounts.services import tokens

from ..base import ApiView, Response, checked
from ..permissions import ABOUT_NOTHING, HasRole
from ..serializers import token as shapes
from ..sign_in import person_with
from ..throttling import PersonThrottle, TokenByAccount, TokenByAddress


class Token(ApiView):
    """Trades a password for a token, and ends a token."""

    about = ABOUT_NOTHING
    throttle_classes = [PersonThrottle, TokenByAddress, TokenByAccount]

    def get_authenticators(self):
        return [] if self._is_sign_in() else super().get_authenticators()

    def get_permissions(self):
        return [] if self._is_sign_in() else [HasRole()]

    def _is_sign_in(self) -> bool:
        return self.request is not None and self.request.method == "POST"

    @extend_schema(request=shapes.SignIn, responses=shapes.Token, auth=[])
    def post(self, request):
        """A new token; wrong values are answered alike whether or not the account exists."""
        values = checked(shapes.SignIn, request)
        person = person_with(values["email"], values["password"], values.get("code"))
        try:
            secret = tokens.issue(person, timezone.now(), values.get("name", ""), values.get("scopes", ()))[1]
        except tokens.NotTheirs as problem:
            allowed = ", ".join(tokens.scopes_of(person))
            raise ValidationError({"scopes": [_("Must be among %(allowed)s.") % {"allowed": allowed}]}) from problem
        return Response({"token": secret})

    @extend_schema(request=None, responses={204: None})
    def delete(self, request):
        """Ends the token this request came with."""
        if not isinstance(request.auth, ApiToken):
            raise NotFound
        tokens.revoke(request.auth, timezone.now())
        return Response(status=204)
