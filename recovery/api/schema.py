"""The OpenAPI schema: what the code does, plus the refusals every address shares."""

from django.conf import settings
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema

from .serializers.problem import Problem

SHARED = {
    "400": "Some values cannot be used; `fields` names them.",
    "401": "Nobody is signed in.",
    "403": "A key that does not open this, or a session without its CSRF token.",
    "404": "It does not exist, or it is not yours to see.",
    "429": "Too many requests; wait as long as Retry-After says.",
    "503": "Nothing can be stored just now; keep it and send it again after Retry-After seconds.",
}
OF_WRITES = {
    "409": "It collides with what is stored; nothing was changed.",
    "413": "More than 256 kB.",
    "415": "Not JSON.",
}
MEDIA_TYPE = "application/problem+json"


class ApiSchema(AutoSchema):
    """Adds the shared refusals to every operation."""

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        refusals = SHARED if self.method == "GET" else {**SHARED, **OF_WRITES}
        for code, words in refusals.items():
            if code not in bodies:
                bodies[code] = self._get_response_for_code(Problem, code, [MEDIA_TYPE], direction)
                bodies[code]["description"] = words
        bodies["414"] = {"description": "The address is longer than 4,094 characters; the web server answers itself."}
        return bodies

    def get_tags(self):
        """The noun after the version in the address."""
        return [self._tokenize_path()[0]]


class StrictBody(OpenApiSerializerExtension):
    """Says that a body holds nothing but the fields named."""

    target_class = "recovery.api.serializers.strict.Strict"
    match_subclasses = True

    def map_serializer(self, auto_schema, direction):
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**schema, "additionalProperties": False} if direction == "request" else schema


class TimeOfDay(OpenApiSerializerFieldExtension):
    """A wall-clock time has hours and minutes, and no zone."""

    target_class = "recovery.api.fields.LocalTime"

    def map_serializer_field(self, auto_schema, direction):
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["19:00"]}


class BearerScheme(OpenApiAuthenticationExtension):
    """Names the token header in the schema."""

    target_class = "recovery.api.authentication.BearerAuthentication"
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    """Names the session cookie in the schema."""

    target_class = "recovery.api.authentication.SessionAuthentication"
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
