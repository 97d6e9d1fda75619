"""Addresses inside a plan document: where a number or a text is read and written."""

from typing import Any

Path = tuple[str | int, ...]
KEYS = ("key", "code", "exercise", "level")
"""What a thing in a list is called by; things that have none of these are found by position."""


def step(node: Any, name: str | int) -> Any:
    """One step down: by key, by position, or to the thing of that name in a list. Raises KeyError."""
    if isinstance(node, list) and isinstance(name, str):
        for item in node:
            if any(item.get(key) == name for key in KEYS):
                return item
        raise KeyError(name)
    try:
        return node[name]
    except (IndexError, TypeError) as problem:
        raise KeyError(name) from problem


def get(document: Any, path: Path) -> Any:
    """What stands at a path; raises KeyError when there is nothing."""
    for name in path:
        document = step(document, name)
    return document


def put(document: Any, path: Path, value: Any) -> None:
    """Writes a value at a path whose last step but one exists."""
    get(document, path[:-1])[path[-1]] = value


def name_of(path: Path) -> str:
    """The path as the name of a form field."""
    return "-".join(map(str, path))


def place_of(path: Path) -> str:
    """The path as the rules name it in their faults: phases.rest.advance[0][1].days.value"""
    return "".join(f"[{name}]" if isinstance(name, int) else f".{name}" for name in path).lstrip(".")
