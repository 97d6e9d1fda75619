"""Every door that may show one person's data to another has words of its own in "Who looked at what"."""

import pytest
from django.template.loader import render_to_string
from django.urls import get_resolver

from accounts.models import AuditEvent
from accounts.services.audit_reading import Look

# Doors of the API that are about plans, exercises and keys: no patient stands behind them.
ABOUT_NOBODY = {"schema", "token", "nothing", "plans", "plan", "plan_version", "draft", "publish", "approve"}
ABOUT_NOBODY |= {"back_tests", "back_test", "exercises", "exercise"}


def doors(namespace: str) -> list[str]:
    """The names of every address in one part of the URL configuration."""
    part = next(entry for entry in get_resolver().url_patterns if has(entry, namespace))
    part = part if part.namespace == namespace else next(e for e in part.url_patterns if has(e, namespace))
    return [f"{namespace}:{entry.name}" for entry in part.url_patterns if entry.name not in ABOUT_NOBODY]


def has(entry, namespace: str) -> bool:
    names = [entry, *getattr(entry, "url_patterns", ())]
    return any(getattr(each, "namespace", None) == namespace for each in names)


def words(door: str, action: str) -> str:
    look = Look(day=None, at=None, who="", clinics="", role="clinician", action=action, what=door)
    return render_to_string("accounts/what_was_done.html", {"look": look}).strip()


@pytest.mark.parametrize("door", [*doors("clinic"), *doors("api")])
def test_what_went_through_a_door_is_told_in_words_of_its_own(door):
    told = {words(door, action) for action in (AuditEvent.Action.READ, AuditEvent.Action.ACTED)}
    assert not told & {"Looked", "Changed something", ""}, f"say what {door} is in templates/accounts/done"


def test_a_door_nobody_has_named_would_be_noticed():
    assert (words("clinic:unheard_of", "read"), words("api:unheard_of", "acted")) == ("Looked", "Changed something")
