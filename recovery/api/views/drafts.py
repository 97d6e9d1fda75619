"""Writing the next version of a plan."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema

from recovery.models import PlanVersion
from recovery.services import plans
from recovery.services.plan_publishing import approve, publish_as

from .. import permissions
from ..base import ApiView, Response, checked, one_of
from ..drafts import malformed_refused, revision_of
from ..presenters.plans import draft_json, plan_json
from ..serializers import plans as shapes
from .plans import published_plans

IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="The draft's ETag.")


def draft_of(key: str) -> PlanVersion:
    """The draft of a plan, or nothing there."""
    rows = PlanVersion.objects.drafts().select_related("plan", "based_on", "edited_by")
    return one_of(rows, plan__key=key)


def answer(draft: PlanVersion, status: int = 200) -> Response:
    """The draft with its revision as ETag."""
    return Response(draft_json(draft), status=status, headers={"ETag": f'"{draft.revision}"'})


class PlanDraft(ApiView):
    """The edition admins write; two of them cannot overwrite each other."""

    roles = permissions.ADMIN
    about = permissions.ABOUT_PLANS

    @extend_schema(responses=shapes.Draft)
    def get(self, request, key):
        return answer(draft_of(key))

    @extend_schema(request=None, responses={201: shapes.Draft, 200: shapes.Draft})
    def post(self, request, key):
        """Starts a draft from the newest published version, or gives the one there is."""
        one_of(published_plans(), key=key)
        had_one = PlanVersion.objects.drafts().filter(plan__key=key).exists()
        plans.start_draft(key, request.user, timezone.now())
        return answer(draft_of(key), 200 if had_one else 201)

    @extend_schema(parameters=[IF_MATCH], request=shapes.DraftBody, responses=shapes.Draft)
    def put(self, request, key):
        """Replaces the draft's contents; 409 with the stored draft when somebody else saved since."""
        draft = draft_of(key)
        body = shapes.DraftBody(data=request.data)
        body.is_valid(raise_exception=True)
        revision, document = revision_of(request, body.validated_data), body.validated_data["document"]
        with malformed_refused(key, document):
            plans.edit(draft.pk, document, revision, request.user, timezone.now())
        return answer(draft_of(key))

    @extend_schema(parameters=[IF_MATCH], request=None, responses={204: None})
    def delete(self, request, key):
        """Throws the draft away; published versions stay."""
        plans.discard(draft_of(key).pk, revision_of(request, {}))
        return Response(status=204)

    def present_stored(self, row):
        return draft_json(row)


class PublishPlan(ApiView):
    """Makes the draft the newest version; running episodes stay on theirs, or move now or when their phase changes.

    409 while no fresh back-test of exactly this draft over everybody is there.
    """

    roles = permissions.ADMIN
    about = permissions.ABOUT_PLANS

    @extend_schema(parameters=[IF_MATCH], request=shapes.PublishBody, responses=shapes.Plan)
    def post(self, request, key):
        draft = draft_of(key)
        body = checked(shapes.PublishBody, request)
        revision, reason = revision_of(request, body), body.get("reason", "")
        choice = body["running"]
        version = publish_as(draft.pk, revision, None, request.user, timezone.now(), reason, choice)
        return Response(plan_json(published_plans().get(key=key), version))

    def present_stored(self, row):
        return draft_json(row)


class ApproveDraft(ApiView):
    """Somebody stands for the draft as it is now; whoever edited it cannot be the only one."""

    roles = permissions.ADMIN
    about = permissions.ABOUT_PLANS

    @extend_schema(parameters=[IF_MATCH], request=shapes.ApproveBody, responses=shapes.Draft)
    def post(self, request, key):
        body = checked(shapes.ApproveBody, request)
        draft = approve(draft_of(key).pk, revision_of(request, body), body["role"], request.user, timezone.now())
        return answer(draft)

    def present_stored(self, row):
        return draft_json(row)
