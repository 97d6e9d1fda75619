"""Patients by attention."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError

from accounts.access import note_shown
from recovery.services.attention import ORDER
from recovery.services.panel import Wish, panel

from .. import permissions
from ..base import ApiView, Response, asked_for
from ..serializers import panel as shapes

ASKED = [
    OpenApiParameter("search", str, description="Part of a name, or the beginning of an address."),
    OpenApiParameter("attention", str, enum=["", *ORDER], description="Only this group; empty for all."),
    OpenApiParameter("clinic", OpenApiTypes.UUID, description="Only patients who share with this clinic."),
    OpenApiParameter("page", int),
]


class Panel(ApiView):
    """The patients who share with this clinician's clinics, most pressing first, with the reason."""

    roles = permissions.CLINICIAN

    @extend_schema(parameters=ASKED, responses=shapes.Panel)
    def get(self, request):
        wish = Wish(_search(request), _attention(request), asked_for(request, "clinic"))
        found = panel(request.user, timezone.now(), wish, _page(request))
        note_shown(request, [row.patient_id for row in found.rows])
        return Response(shapes.Panel(found).data)


def _search(request) -> str:
    text = request.query_params.get("search", "")
    if "\x00" in text or len(text) > 200:
        raise ValidationError({"search": [_("Must be a text of at most 200 characters.")]})
    return text


def _page(request) -> int:
    number = request.query_params.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 7 and int(number)):
        raise ValidationError({"page": [_("Must be a whole number from 1.")]})
    return int(number)


def _attention(request) -> str:
    asked = request.query_params.get("attention", "")
    if asked and asked not in ORDER:
        raise ValidationError({"attention": [_("Must be one of %(allowed)s.") % {"allowed": ", ".join(ORDER)}]})
    return asked
