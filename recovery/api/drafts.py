"""Guards around the plan documents that admins send."""

import re
from collections.abc import Mapping
from contextlib import contextmanager

from django.db import DataError, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from .serializers.plans import LARGEST_REVISION

AN_ETAG = re.compile(r'(?:W/)?"?(\d{1,10})"?', re.ASCII)
MALFORMED = (AttributeError, DataError, KeyError, TypeError, ValueError)


def revision_of(request, values: Mapping) -> int:
    """The revision a write was made from: If-Match when sent, else the body's own."""
    header = request.headers.get("If-Match")
    if header is None and "revision" in values:
        return values["revision"]
    found = AN_ETAG.fullmatch((header or "").strip())
    if not found or int(found[1]) > LARGEST_REVISION:
        raise ValidationError({"revision": [_("Say which revision this was made from, here or as If-Match.")]})
    return int(found[1])


@contextmanager
def malformed_refused(key: str, document: Mapping):
    """Turns what trips over a document of the wrong make into a field map, and writes nothing."""
    if document.get("key") != key:
        raise ValidationError({"document.key": [_("Must be the plan's key, as in the address.")]})
    try:
        with transaction.atomic():
            yield
    except MALFORMED as problem:
        raise ValidationError({"document": [_("This is not a plan document.")]}) from problem
