"""Which fields each kind of person is shown, to the last one: what_each_may_read.txt says so."""

import json
from pathlib import Path

import pytest
from django.apps import apps

from recovery.services import export, personal

from .asking import Caller
from .test_access import REACHED, World

PAGE = Path(__file__).with_suffix("").parent / "what_each_may_read.txt"
FOUND = Path("build") / PAGE.name
ACTORS = ("owner", "linked", "elsewhere", "admin")
ABOUT_NOBODY = {"plans", "plan", "plan_version", "draft", "back_tests", "back_test", "exercises", "exercise"}
OPAQUE = {"figures", "limits", "reason_figures"}  # their names are a rule's own


def fields(value, at: str = "") -> set[str]:
    """The path of everything a JSON value holds, lists by what stands in them."""
    if isinstance(value, list):
        return set().union(*(fields(each, f"{at}[]") for each in value)) or {at}
    if isinstance(value, dict) and value and at.rpartition(".")[2] not in OPAQUE:
        return set().union(*(fields(inner, f"{at}.{name}" if at else name) for name, inner in value.items()))
    return {at}


def section(title: str, names) -> str:
    return "\n".join([f"[{title}]", *(f"  {name}" for name in sorted(names)), ""])


@pytest.fixture
def world(db, clock):
    return World()


def answered(world) -> list[str]:
    found = []
    for actor in ACTORS:
        caller = Caller(world.actors[actor])
        for name, methods in REACHED.items():
            if actor in methods.get("GET", ()) and name not in ABOUT_NOBODY:
                body = caller.ask("GET", world.path(name)).json()
                found.append(section(f"{actor} reads {name}", fields(body)))
    return found


def exported() -> list[str]:
    rows = [section(f"export of {label}", personal.handed_out(apps.get_model(label))) for label in personal.PERSONAL]
    return [*rows, section("diary as a table", export.DIARY)]


def test_everybody_is_shown_just_these_fields(world):
    seen = "\n".join([*answered(world), *exported()])
    FOUND.parent.mkdir(exist_ok=True)
    FOUND.write_text(seen, encoding="utf-8")
    assert seen == PAGE.read_text(encoding="utf-8"), f"read the difference; if it is meant, copy {FOUND} over {PAGE}"


def test_an_export_holds_what_the_list_says(world):
    owner = world.actors["owner"]
    rows = json.loads("".join(export.as_json(owner, owner.joined_at)))["rows"]
    for label, found in rows.items():
        for row in found:
            assert sorted(row) == sorted(personal.handed_out(apps.get_model(label))), label


def test_no_field_of_the_list_opens_an_account():
    listed = PAGE.read_text(encoding="utf-8")
    assert not [name for name in ("password", "digest", "secret", "session_key", "mac\n") if f" {name}" in listed]
