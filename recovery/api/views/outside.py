"""Addresses that belong to nobody: the schema, and those that do not exist."""

from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound

from .. import problems
from ..base import ApiView
from ..throttling import AnonymousThrottle, PersonThrottle


class Schema(SpectacularAPIView):
    """The OpenAPI 3.1 schema of this API, for everybody; `?format=json` or YAML."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = [AnonymousThrottle, PersonThrottle]
    metadata_class = None

    def get_exception_handler(self):
        return problems.respond


class Nothing(ApiView):
    """Every address that does not exist."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    schema = None

    def initial(self, request, *args, **kwargs):
        raise NotFound
