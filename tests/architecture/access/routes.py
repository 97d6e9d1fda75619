"""Every address the product answers, as the URL configuration has it."""

import re
from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
NOT_OURS = "/demo/"  # the demo's mailbox; a real service has none


def routes() -> list[str]:
    """Each address once, such as /clinic/patients/<episode_id>/."""
    return sorted({route for route in _walk(get_resolver(), "/") if not route.startswith(NOT_OURS)})


def parameters(route: str) -> list[str]:
    """The names an address has places for."""
    return CONVERTER.findall(route)


def _walk(resolver, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + _readable(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route)
        else:
            yield route


def _readable(pattern: str) -> str:
    return CONVERTER.sub(r"<\1>", GROUP.sub(r"<\1>", pattern)).removeprefix("^").removesuffix("$")
