"""Checking in, correcting, and reading the diary."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError

from recovery.models import CheckIn
from recovery.services import check_ins

from .. import permissions
from ..base import ApiView, ListView, Response, one_of
from ..filters import EPISODE, in_asked_episode, note_episodes
from ..presenters.check_ins import COLUMNS, check_in_json, check_ins_json, revision_json, stored_json
from ..serializers import check_ins as shapes


class CheckIns(ListView):
    """A patient's diary, newest day first; a clinician reads those of patients who share."""

    roles = {"GET": permissions.CARE, "POST": permissions.PATIENT}
    ordering = ("-day", "-id")

    @extend_schema(parameters=[EPISODE], responses=shapes.CheckIn(many=True))
    def get(self, request):
        return super().get(request)

    @extend_schema(
        request=shapes.CheckInBody,
        responses={201: shapes.CheckIn, 200: shapes.CheckIn, (409, "application/problem+json"): shapes.CheckInConflict},
    )
    def post(self, request):
        """Keeps a check-in once and decides its day; the same one again is answered the same, with 200."""
        body = shapes.CheckInBody(data=request.data)
        body.is_valid(raise_exception=True)
        recorded = check_ins.record(request.user, body.entry(body.validated_data["id"]), timezone.now())
        return Response(_answer(recorded), status=201 if recorded.is_new else 200)

    def rows(self):
        return in_asked_episode(self.request, CheckIn.objects.standing()).values("id", *COLUMNS)

    def present(self, page):
        note_episodes(self.request, (row["episode_id"] for row in page))
        return check_ins_json(page)

    def present_stored(self, row):
        return stored_json(row)


class OneCheckIn(ApiView):
    """One of the patient's own check-ins, by the id their phone gave it."""

    roles = permissions.PATIENT

    @extend_schema(responses=shapes.CheckInWithRevisions)
    def get(self, request, key):
        """The check-in with every revision, oldest first."""
        return Response(_with_revisions(self._standing(key)))

    @extend_schema(
        request=shapes.CorrectionBody,
        responses={
            200: shapes.CheckInWithRevisions,
            (409, "application/problem+json"): shapes.CheckInConflict,
        },
    )
    def put(self, request, key):
        """Records a correction; what was said before stays readable."""
        self._standing(key)
        body = shapes.CorrectionBody(data=request.data)
        body.is_valid(raise_exception=True)
        if body.validated_data.get("id", key) != key:
            raise ValidationError({"id": [_("Must be the id in the address, or left out.")]})
        recorded = check_ins.correct(request.user, body.entry(key), timezone.now())
        return Response(_with_revisions(recorded.check_in))

    def _standing(self, key):
        return one_of(CheckIn.objects.of(self.request.user).standing(), key=key)

    def present_stored(self, row):
        return stored_json(row)


def _answer(recorded: check_ins.Recorded) -> dict:
    if recorded.is_new:
        return check_in_json(recorded.check_in, recorded.decision)
    return stored_json(recorded.check_in)


def _with_revisions(row: CheckIn) -> dict:
    said = CheckIn.objects.of(row.patient_id).filter(key=row.key).order_by("revision").values(*COLUMNS)
    return {**stored_json(row), "revisions": [revision_json(revision) for revision in said]}
