"""What every address of the API has in common."""

from django.utils.translation import gettext as _
from rest_framework import negotiation, renderers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from . import problems
from .authentication import BearerAuthentication, SessionAuthentication
from .fields import A_UUID
from .pagination import Pages
from .parsing import StrictJSON
from .permissions import ABOUT_CARE, EVERYBODY, HasRole
from .schema import ApiSchema
from .throttling import AnonymousThrottle, PersonThrottle


class AlwaysJSON(negotiation.BaseContentNegotiation):
    """Answers JSON whatever the Accept header says; parsers still go by the content type."""

    def select_parser(self, request, parsers):
        return negotiation.DefaultContentNegotiation().select_parser(request, parsers)

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """JSON in and out, problems as documents, and answers that no cache keeps.

    `roles` says who may use it; for everybody else it does not exist. `about` says which scopes a program's key needs.
    """

    roles: tuple[str, ...] | dict[str, tuple[str, ...]] = EVERYBODY
    about = ABOUT_CARE
    authentication_classes = [BearerAuthentication, SessionAuthentication]
    permission_classes = [HasRole]
    throttle_classes = [AnonymousThrottle, PersonThrottle]
    parser_classes = [StrictJSON]
    renderer_classes = [renderers.JSONRenderer]
    content_negotiation_class = AlwaysJSON
    http_method_names = ["get", "head", "post", "put", "delete"]
    metadata_class = None
    schema = ApiSchema()

    def get_exception_handler(self):
        return problems.respond

    def present_stored(self, row):
        """How a stored row rides along with a conflict; views that have one say how."""
        return None

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class ListView(ApiView):
    """A list in pages: `rows` gives the query, `present` turns one page of it into plain values."""

    pagination_class = Pages
    ordering: tuple[str, ...]

    def get(self, request):
        pages = self.pagination_class()
        page = pages.paginate_queryset(self.rows(), request, view=self)
        return pages.get_paginated_response(self.present(page))

    def rows(self):
        """The rows this person may see."""
        raise NotImplementedError

    def present(self, page: list) -> list[dict]:
        return page


def asked_for(request, name: str) -> str | None:
    """A UUID from the address's query, or None when it is not there."""
    value = request.query_params.get(name)
    if value is not None and not A_UUID.fullmatch(value):
        raise ValidationError({name: [_("Must be a UUID.")]})
    return value


def one_of(rows, **where):
    """The one row this person may see under a name, or nothing there."""
    row = rows.filter(**where).first()
    if row is None:
        raise NotFound
    return row


def checked(serializer_class, request) -> dict:
    """The body's values, or a field map of what is wrong with them."""
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


__all__ = ["ApiView", "ListView", "Response", "asked_for", "checked", "one_of"]
