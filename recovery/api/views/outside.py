"""Addresses that belong to nobody: the schema, and those that do not exist."""

from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotAcceptable, NotFound
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer

from .. import problems
from ..base import ApiView
from ..throttling import AnonymousThrottle, PersonThrottle


class SchemaFormat(DefaultContentNegotiation):
    """YAML unless JSON is asked for; nobody is turned away for what they accept."""

    def select_renderer(self, request, renderers, format_suffix=None):
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type


class Schema(SpectacularAPIView):
    """The OpenAPI 3.1 schema of this API, for everybody; `?format=json` or YAML."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = [AnonymousThrottle, PersonThrottle]
    content_negotiation_class = SchemaFormat
    http_method_names = ["get", "head"]
    metadata_class = None

    def get_exception_handler(self):
        return problems.respond

    def finalize_response(self, request, response, *args, **kwargs):
        if response.status_code >= 400:
            request.accepted_renderer = JSONRenderer()
            request.accepted_media_type = JSONRenderer.media_type
        return super().finalize_response(request, response, *args, **kwargs)


class Nothing(ApiView):
    """Every address that does not exist."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    schema = None

    def initial(self, request, *args, **kwargs):
        raise NotFound
