import copy

import pytest
from django.utils import timezone

from recovery.services import plans
from recovery.services.plan_documents import document_of
from tests.factories import load_plan, make_user

KEY = "lower-back-running"


@pytest.fixture
def admin(db):
    return make_user("admin")


@pytest.fixture
def draft(admin):
    """A draft in which people stay in gentle stretching for six days or more."""
    load_plan()
    fresh = plans.start_draft(KEY, admin, timezone.now())
    return plans.edit(fresh.pk, longer_stay(document_of(fresh)), fresh.revision, admin, timezone.now())


def longer_stay(document: dict) -> dict:
    """The document with a shortest stay in gentle stretching of six days."""
    changed = copy.deepcopy(document)
    phase = next(phase for phase in changed["phases"] if phase["key"] == "gentle_stretching")
    for way in phase["advance"]:
        for condition in way:
            if condition["condition"] == "minimum_days":
                condition["days"]["value"] = 6
    return changed


def reworded(document: dict) -> dict:
    """The document with another sentence in it."""
    changed = copy.deepcopy(document)
    changed["phases"][0]["goal"] = "Take it easy for a day or two."
    return changed
