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
        asked = request.query_params.get(self.page_size_query_param, str(self.page_size))
        if not asked.isascii() or not asked.isdigit() or len(asked) > 3 or not 1 <= int(asked) <= self.max_page_size:
            raise ValidationError({"page_size": [_("Must be a whole number from 1 to 100.")]})
        return int(asked)

    def get_ordering(self, request, queryset, view):
        return view.ordering

    def get_paginated_response_schema(self, schema):
        """The page as OpenAPI 3.1 says that something may be missing."""
        address = {"type": ["string", "null"], "format": "uri"}
        properties = {"next": address, "previous": address, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}
