"""Lists in pages with an opaque cursor, so that new rows never shift what is read next."""

from django.core.exceptions import ValidationError as NoSuchValue
from django.db import DataError
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """50 rows a page unless asked otherwise, at most 100."""

    page_size = 50
    max_page_size = 100
    page_size_query_param = "page_size"

    def paginate_queryset(self, queryset, request, view=None):
        """One page; a cursor nobody handed out is a bad value."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, NoSuchValue, ValueError, OverflowError, DataError) as problem:
            if self.cursor_query_param not in request.query_params:
                raise
            raise ValidationError({"cursor": [_("Use a cursor from an earlier answer.")]}) from problem

    def get_page_size(self, request):
        given = request.query_params.getlist(self.page_size_query_param) or [str(self.page_size)]
        asked = given[0] if len(given) == 1 else ""
        if not asked.isascii() or not asked.isdigit() or len(asked) > 3 or not 1 <= int(asked) <= self.max_page_size:
            raise ValidationError({"page_size": [_("Must be a whole number from 1 to 100.")]})
        return int(asked)

    def get_schema_operation_parameters(self, view):
        """The parameters with the bounds they are held to."""
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                bounds = {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
                parameter["schema"] = {"type": "integer", **bounds}
        return parameters

    def get_ordering(self, request, queryset, view):
        return view.ordering

    def get_paginated_response_schema(self, schema):
        """The page as OpenAPI 3.1 says that something may be missing."""
        address = {"type": ["string", "null"], "format": "uri"}
        properties = {"next": address, "previous": address, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}
