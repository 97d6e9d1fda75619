"""The back-test command: figures for a terminal, a sentence for what is not there."""

import io

import pytest
from django.core.management import CommandError, call_command

from recovery.models import BackTest
from recovery.services import plans
from tests.factories import DAY_1, at, load_plan, make_user
from tests.past import write

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("back_test", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_live_version_beside_itself_gives_no_difference():
    write(10, 3)
    assert "10 episodes" in run("--number", "1") and "0 would have differed" in run("--number", "1")


def test_the_draft_is_tried_when_nothing_else_is_said():
    load_plan()
    plans.start_draft("lower-back-running", make_user("admin"), at(DAY_1))
    write(5, 2)
    assert "beside version 1: 0 would have differed" in run()
    assert BackTest.objects.get().is_done


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "There is no draft of a plan with the key lower-back-running."),
        (("--number", "9"), "There is no version 9"),
        (("nowhere",), "There is no draft of a plan with the key nowhere."),
        (("--number", "1", "--clinic", "Harbour"), "must be the id of a clinic"),
        (("--number", "1", "--phase", "sprinting"), "Choose one of the phases"),
        (("--number", "1", "--since", "someday"), "must be a day as 2026-03-01"),
    ],
)
def test_what_is_not_there_gets_a_sentence(arguments, sentence):
    load_plan()
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
