"""The word that something is due: after the commit, for what is urgent, and never in anybody's way."""

import pytest

from recovery.models import OutboxMessage
from recovery.services import outbox
from tests.factories import DAY_1, at, make_user

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 12)
given = []


def take():
    given.append("word")


def fail():
    raise OSError("no broker")


@pytest.fixture
def hint(settings):
    given.clear()
    settings.HINT = f"{__name__}.take"
    return settings


def write(priority):
    outbox.write([outbox.message("k", "reminder", NOW, recipient=make_user(), priority=priority)])


@pytest.mark.parametrize(("priority", "words"), [(0, ["word"]), (1, ["word"]), (2, [])])
def test_the_word_is_given_for_what_cannot_wait(hint, django_capture_on_commit_callbacks, priority, words):
    with django_capture_on_commit_callbacks(execute=True):
        write(priority)
        assert given == []
    assert given == words


def test_a_word_that_cannot_be_given_disturbs_nobody(hint, django_capture_on_commit_callbacks):
    hint.HINT = f"{__name__}.fail"
    with django_capture_on_commit_callbacks(execute=True):
        write(0)
    assert OutboxMessage.objects.get().state == "due"
