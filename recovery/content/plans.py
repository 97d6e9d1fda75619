"""The shipped plans: files of their own, or only what they say otherwise than the plan they are `like`."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "plans"
DEFAULT = "lower-back-running"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def names() -> tuple[str, ...]:
    """The keys of all shipped plans, the default one first."""
    return tuple(sorted((path.stem for path in FOLDER.glob("*.yaml")), key=lambda key: (key != DEFAULT, key)))


@cache
def shipped(key: str) -> dict[str, Any]:
    """The whole document of a shipped plan; raises KeyError for another key. Not to be changed by who reads it."""
    if key not in names():
        raise KeyError(key)
    written = yaml.load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"), LOADER)
    like = written.pop("like", None)
    return written if like is None else _over(shipped(like), written)


def _over(base: Mapping, own: Mapping) -> dict[str, Any]:
    """The plan `base` with what `own` says in its place: phases and doses one by one, everything else as a whole."""
    document = {**base, **own}
    document["phases"] = _merged(base["phases"], own.get("phases", ()), "key")
    document["prescriptions"] = {
        phase: _merged(items, own.get("prescriptions", {}).get(phase, ()), "exercise")
        for phase, items in base["prescriptions"].items()
    }
    return document


def _merged(base: Sequence[Mapping], own: Iterable[Mapping], name: str) -> list[dict]:
    changed = {item[name]: item for item in own}
    if unknown := changed.keys() - {item[name] for item in base}:
        raise ValueError(f"nothing to put these in place of: {', '.join(sorted(unknown))}")
    return [{**item, **changed.get(item[name], {})} for item in base]
