"""Loading plans: every shipped one, one by its key, or a file; again without effect."""

import io

import pytest
from django.core.management import CommandError, call_command

from recovery.content import plans
from recovery.models import PlanVersion

pytestmark = pytest.mark.django_db


def load(*names: str) -> list[str]:
    out = io.StringIO()
    call_command("load_plan", *names, stdout=out)
    return out.getvalue().splitlines()


def test_every_shipped_plan_is_published_once():
    assert [line.endswith("published") for line in load()] == [True, True]
    assert [line.endswith("nothing changed") for line in load()] == [True, True]
    assert sorted(PlanVersion.objects.values_list("plan__key", "number")) == [(key, 1) for key in sorted(plans.names())]


def test_a_plan_may_be_named_by_its_key_or_by_a_file():
    load("lower-back-running")
    assert [line.endswith("nothing changed") for line in load(str(plans.FOLDER / "lower-back-running.yaml"))] == [True]


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="could not be read as a plan file"):
        load(str(tmp_path / "nowhere.yaml"))
