"""Nested error lists as one flat map: JSON path of the field -> sentences."""

from collections.abc import Mapping


def field_map(detail, root: str) -> dict[str, list[str]]:
    """Flattens the framework's error detail; `root` names the body as a whole."""
    found: dict[str, list[str]] = {}
    _collect(detail, "", root, found)
    return found


def sentence_of(allowed: str) -> str:
    """A remark of the rules ("must be ...") as a sentence."""
    return allowed[:1].upper() + allowed[1:].rstrip(".") + "."


def _collect(detail, path: str, root: str, found: dict) -> None:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            _collect(inner, _joined(path, name), root, found)
    elif isinstance(detail, list):
        for item in detail:
            _collect(item, path, root, found)
    else:
        found.setdefault(path or root, []).append(str(detail))


def _joined(path: str, name) -> str:
    if name == "non_field_errors":
        return path
    return f"{path}.{name}" if path else str(name)
