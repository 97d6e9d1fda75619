"""Every refusal as one problem document: type, title, status, detail and, where a field is at fault, fields."""

import logging

from django.core import exceptions as django
from django.core.signals import got_request_exception
from django.db import IntegrityError, OperationalError
from django.http import Http404, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions as rest
from rest_framework.response import Response
from rest_framework.views import set_rollback

from recovery.rules.facts import InvalidFact
from recovery.services.refusals import Conflict, Refused

from .errors import BodyTooLarge, BrokenBody, CsrfFailed, OtherPerson, ScopeMissing
from .field_map import field_map, sentence_of

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:backstride:problem:"
WHOLE_BODY = "body"
TRY_AGAIN_AFTER = 30  # seconds

WORDS = {
    "bad-values": (400, _("Some values cannot be used"), _("Correct the fields named here and send it again.")),
    "unreadable": (400, _("The request cannot be read"), _("Send JSON in UTF-8.")),
    "not-signed-in": (401, _("Nobody is signed in"), _("Send a token, or sign in first.")),
    "csrf-failed": (403, _("This did not come from our own page"), _("Send the X-CSRFToken header.")),
    "scope-missing": (403, _("This key does not open that"), _("Ask for a key with the scope %(scope)s.")),
    "other-person": (403, _("Somebody else is signed in"), _("Sign in as the person whose entry this is.")),
    "not-found": (404, _("There is nothing here"), _("It does not exist, or it is not yours to see.")),
    "method-not-allowed": (405, _("That cannot be done here"), _("The Allow header lists what can.")),
    "conflict": (409, _("That collides with what is stored"), _("Nothing was changed.")),
    "too-large": (413, _("The request is too large"), _("Send at most 256 kB at a time.")),
    "unsupported-media-type": (415, _("Only JSON is understood here"), _("Send application/json.")),
    "too-many-requests": (429, _("Too many requests"), _("Wait as long as Retry-After says, then try again.")),
    "not-now": (503, _("Nothing can be stored just now"), _("Keep it and send it again after Retry-After seconds.")),
    "unexpected": (500, _("Something went wrong on our side"), _("Nothing was lost. Please try again later.")),
}

# What was asked is well-formed, but does not fit what is stored.
COLLISIONS = {
    "no_open_episode",
    "episode_already_open",
    "plan_is_stopped",
    "not_stopped",
    "override_standing",
    "no_override",
    "already_acknowledged",
    "already_resolved",
    "not_a_draft",
    "nothing_to_publish",
    "awaiting_intake",
}


def problem(kind: str, *, code: str = "", detail="", headers=None, **members) -> Response:
    """The response for one kind of refusal; `code` makes its type more exact."""
    status, title, usual_detail = WORDS[kind]
    words = {"title": str(title), "status": status, "detail": str(detail or usual_detail)}
    body = {"type": TYPE_PREFIX + (code or kind), **words}
    return Response({**body, **members}, status=status, headers=headers, content_type=MEDIA_TYPE)


def respond(exc: Exception, context: dict) -> Response:
    """The framework's hook: turns whatever was raised into a problem document."""
    set_rollback()
    for kinds, answer in ANSWERS:
        if isinstance(exc, kinds):
            return answer(exc, context)
    return _unexpected(exc, context)


def _invalid_fact(exc: InvalidFact, context) -> Response:
    return problem("bad-values", fields={exc.field: [sentence_of(exc.allowed)]})


def _refused(exc: Refused, context) -> Response:
    if isinstance(exc, Conflict):
        stored = context["view"].present_stored(exc.stored)
        return problem("conflict", code=_slug(exc.code), detail=exc.sentence, stored=stored)
    if exc.code in COLLISIONS:
        return problem("conflict", code=_slug(exc.code), detail=exc.sentence)
    fields = {exc.field or WHOLE_BODY: [exc.sentence]}
    return problem("bad-values", code=_slug(exc.code), detail=exc.sentence, fields=fields)


def _slug(code: str) -> str:
    return code.replace("_", "-")


def _bad_values(exc: rest.ValidationError, context) -> Response:
    return problem("bad-values", fields=field_map(exc.detail, WHOLE_BODY))


def _broken_body(exc: BrokenBody, context) -> Response:
    return problem("unreadable", fields={WHOLE_BODY: [exc.detail]})


def _not_signed_in(exc, context) -> Response:
    return problem("not-signed-in", headers={"WWW-Authenticate": exc.auth_header})


def _too_many(exc: rest.Throttled, context) -> Response:
    return problem("too-many-requests", headers={"Retry-After": str(int(exc.wait or 1))})


def _not_now(exc: OperationalError, context) -> Response:
    """The database is away, busy or full: people must look, and the phone keeps what it has."""
    _tell_our_people(exc, context)
    return problem("not-now", headers={"Retry-After": str(TRY_AGAIN_AFTER)})


def _unexpected(exc: Exception, context) -> Response:
    _tell_our_people(exc, context)
    return problem("unexpected")


def _tell_our_people(exc: Exception, context) -> None:
    log.error("unexpected error in the API", exc_info=exc)
    got_request_exception.send(sender=type(context["view"]), request=context["request"]._request)


def _scope_missing(exc: ScopeMissing, context) -> Response:
    wanted = f'Bearer realm="backstride", error="insufficient_scope", scope="{exc.scope}"'
    detail = WORDS["scope-missing"][2] % {"scope": exc.scope}
    return problem("scope-missing", detail=detail, headers={"WWW-Authenticate": wanted}, scope=exc.scope)


def _always(kind: str):
    return lambda exc, context: problem(kind)


ANSWERS = (
    (InvalidFact, _invalid_fact),
    (Refused, _refused),
    (rest.ValidationError, _bad_values),
    (BrokenBody, _broken_body),
    ((rest.NotAuthenticated, rest.AuthenticationFailed), _not_signed_in),
    (ScopeMissing, _scope_missing),
    (CsrfFailed, _always("csrf-failed")),
    (OtherPerson, _always("other-person")),
    ((Http404, rest.NotFound, rest.PermissionDenied, django.PermissionDenied), _always("not-found")),
    (IntegrityError, _always("conflict")),  # the table refused it: somebody was faster
    (OperationalError, _not_now),
    (rest.MethodNotAllowed, _always("method-not-allowed")),
    ((BodyTooLarge, django.RequestDataTooBig), _always("too-large")),
    (rest.UnsupportedMediaType, _always("unsupported-media-type")),
    (rest.Throttled, _too_many),
    ((rest.ParseError, django.SuspiciousOperation, UnreadablePostError), _always("unreadable")),
)
