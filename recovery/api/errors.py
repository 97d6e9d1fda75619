"""Refusals the framework has no name for."""

from rest_framework import exceptions, status


class OtherPerson(exceptions.APIException):
    """A phone sent what one person said while another is signed in."""

    status_code = 403


class ScopeMissing(exceptions.APIException):
    """The program's key does not open this; `scope` is what it lacks."""

    status_code = 403

    def __init__(self, scope: str):
        super().__init__()
        self.scope = scope


class CsrfFailed(exceptions.PermissionDenied):
    """A signed-in page asked without proving that it is our own page."""


class BodyTooLarge(exceptions.APIException):
    """The body is longer than we read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class BrokenBody(exceptions.ParseError):
    """The body is not JSON, or not JSON we are willing to read."""
