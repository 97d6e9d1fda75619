"""Asking the API in tests: every answer is held against the served schema."""

import json
import re
from functools import cache

from django.test import Client
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from accounts.services import tokens

ROOT = "/api/v1/"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


class Caller(Client):
    """A program that speaks JSON to the API, as one person or as nobody."""

    def __init__(self, person=None, key: str | None = None, **options):
        key = key or (key_of(person) if person else None)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        super().__init__(headers=headers, **options)

    def ask(self, method: str, path: str, body=None, **options):
        """One request; a body is sent as JSON, bytes are sent as they are."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body)
        options.setdefault("content_type", "application/json")
        answer = self.generic(method, ROOT + path, body if body is not None else b"", **options)
        hold_to_schema(answer, method)
        return answer


def key_of(person) -> str:
    """A key that may do all this person may."""
    return tokens.issue(person, timezone.now(), scopes=tokens.scopes_of(person))[1]


@cache
def schema() -> dict:
    """The served schema, with every object closed: a field it does not name is a fault."""
    found = SchemaGenerator().get_schema(request=None, public=True)
    for component in found["components"]["schemas"].values():
        if "properties" in component:
            component.setdefault("additionalProperties", False)
    return found


def hold_to_schema(answer, method: str) -> None:
    """Fails when an answer is not what the schema says about its address and status."""
    match = answer.resolver_match
    operation = _operation(match.route, method.lower()) if match and match.url_name != "schema" else None
    if operation is None or answer.status_code in (405, 204):
        return
    promised = operation["responses"][str(answer.status_code)]["content"]
    media_type = answer["Content-Type"].partition(";")[0]
    wanted = {**promised[media_type]["schema"], "components": schema()["components"]}
    Draft202012Validator(wanted).validate(answer.json())


def _operation(route: str, method: str) -> dict | None:
    path = "/" + PARAMETER.sub(lambda found: "{" + found[1].replace("pk", "id") + "}", route)
    return schema()["paths"].get(path, {}).get(method)


def problem(answer, status: int) -> dict:
    """The problem document of a refusal, checked for what all of them share."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status and body["title"] and body["detail"] and body["type"]
    return body


def check_in_body(day, key, **changes) -> dict:
    """The check-in of the contract, made that evening."""
    return {
        "id": str(key),
        "made_at": f"{day}T19:00:00+00:00",
        "time_zone": "UTC",
        "day": str(day),
        "average": 3,
        "worst": 4,
        "morning": 3,
        "function": 3,
        "session": {"status": "done", "pain": 2, "stopped": False, "brisk_walk": False},
        "medicine": "none",
        "woken": False,
        "yesterday_morning": None,
        "red_flags": [],
        **changes,
    }
