"""Trying a draft, or a version, on the stored histories."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError

from accounts.models import Clinic
from recovery.models import BackTest, Plan, PlanVersion
from recovery.services.back_tests import asking

from .. import permissions
from ..base import ApiView, ListView, Response, checked, one_of
from ..presenters.back_tests import back_test_json
from ..serializers import plans as shapes
from .drafts import draft_of


def of_plan(key: str):
    """The back-tests of a plan that exists."""
    plan = one_of(Plan.objects.all(), key=key)
    return BackTest.objects.filter(plan=plan).select_related("live", "plan")


class BackTests(ListView):
    """The back-tests of a plan, newest first; POST begins one of the draft, or of the version that is named."""

    roles = permissions.ADMIN
    about = permissions.ABOUT_PLANS
    ordering = ("-asked_at", "id")

    @extend_schema(operation_id="back_tests_list", responses=shapes.BackTest(many=True))
    def get(self, request, key):
        return super().get(request)

    def rows(self):
        return of_plan(self.kwargs["key"])

    def present(self, page):
        return [back_test_json(asked, timezone.now()) for asked in page]

    @extend_schema(request=shapes.BackTestBody, responses={201: shapes.BackTest})
    def post(self, request, key):
        """Begins one; Celery workers do the work. The same one again while it runs gives the one there is."""
        one_of(Plan.objects.all(), key=key)
        body = checked(shapes.BackTestBody, request)
        asked = asking.ask(_version(key, body.pop("version", None)), _filter(body), request.user, timezone.now())
        return Response(back_test_json(asked, timezone.now()), status=201)


class OneBackTest(ApiView):
    """How far one has come and what it came to; DELETE cancels it."""

    roles = permissions.ADMIN
    about = permissions.ABOUT_PLANS

    @extend_schema(operation_id="back_test", responses=shapes.BackTest)
    def get(self, request, key, pk):
        return Response(back_test_json(one_of(of_plan(key), pk=pk), timezone.now()))

    @extend_schema(operation_id="back_test_cancel", request=None, responses={204: None})
    def delete(self, request, key, pk):
        """Cancels a running one; one that has ended stays as it is."""
        asking.cancel(one_of(of_plan(key), pk=pk), timezone.now())
        return Response(status=204)


def _version(key: str, number: int | None) -> PlanVersion:
    if number is None:
        return draft_of(key)
    rows = PlanVersion.objects.exclude(status="draft").select_related("plan").filter(plan__key=key, number=number)
    if (found := rows.first()) is None:
        raise ValidationError({"version": [_("Must be the number of a published version.")]})
    return found


def _filter(body: dict) -> asking.Filter:
    clinic = body.get("clinic")
    found = Clinic.objects.filter(pk=clinic).first() if clinic else None
    if clinic and found is None:
        raise ValidationError({"clinic": [_("Must be the id of a clinic.")]})
    return asking.Filter(found, body.get("phase") or "", body.get("since"), body.get("until"))
