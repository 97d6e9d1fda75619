"""Reading a JSON body strictly: bounded, UTF-8, no NaN, and no text a database cannot keep."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser

from .errors import BodyTooLarge, BrokenBody

LONGEST_BODY = 256 * 1024
DEEPEST = 20


class StrictJSON(BaseParser):
    """Accepts `application/json` up to 256 kB."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        """The value in the body; raises BodyTooLarge, BrokenBody or ValidationError."""
        value = _loaded(_read(stream, (parser_context or {}).get("request")))
        _refuse_unkeepable_texts(value)
        return value


def _read(stream, request) -> bytes:
    announced = request.META.get("CONTENT_LENGTH") if request is not None else None
    if announced and int(announced) > LONGEST_BODY:
        raise BodyTooLarge
    body = stream.read(LONGEST_BODY + 1)
    if len(body) > LONGEST_BODY:
        raise BodyTooLarge
    return body


def _loaded(body: bytes):
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        raise BrokenBody(_("This is not JSON in UTF-8.")) from problem


def _refuse_constant(name: str):
    raise ValueError(name)


def _refuse_unkeepable_texts(value) -> None:
    bad = {path: [_("Contains a character that cannot be kept.")] for path, text in _texts(value) if not _keeps(text)}
    if bad:
        raise ValidationError(bad)


def _keeps(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _texts(root) -> Iterator[tuple[str, str]]:
    """Every text in the value with the path to it; refuses what is nested too deeply."""
    waiting = [("", root, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEEPEST:
            raise BrokenBody(_("This is nested too deeply."))
        if isinstance(value, str):
            yield path or "body", value
        elif isinstance(value, dict):
            yield from ((path or "body", name) for name in value)
            waiting += ((f"{path}.{name}" if path else name, inner, depth + 1) for name, inner in value.items())
        elif isinstance(value, list):
            waiting += (
                (f"{path}.{index}" if path else str(index), inner, depth + 1) for index, inner in enumerate(value)
            )
