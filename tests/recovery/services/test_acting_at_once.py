"""Two clinicians act in the same moment: one of them wins, the other is told who did."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from recovery.models import Escalation
from recovery.services import climbing, escalations
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, make_user, open_episode, share

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at(DAY_1, 20)


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def staff(clinic):
    return [make_clinician(clinic) for _ in range(4)]


@pytest.fixture
def escalation(clinic, staff):
    patient = make_user()
    share(patient, clinic)
    open_episode(patient)
    check_in(patient, DAY_1, red_flags=("RF01",))
    return Escalation.objects.get()


def at_once(acts):
    """What each act came to, all of them begun in the same moment on connections of their own."""
    gate = Barrier(len(acts))

    def one(act):
        gate.wait(timeout=30)
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def winner_and_losers(came_to):
    won = [each for each in came_to if not isinstance(each, Refused)]
    assert len(won) == 1
    return won[0], [each.sentence for each in came_to if isinstance(each, Refused)]


def test_of_those_who_take_it_at_once_one_has_it_and_the_others_learn_who(escalation, staff):
    taken, told = winner_and_losers(
        at_once([lambda who=who: escalations.acknowledge(escalation.pk, who, NOW) for who in staff])
    )
    assert told == [f"{taken.taken_by.name} has already taken this."] * 3
    assert escalation.acknowledgements.count() == 1


def test_of_those_who_take_it_over_at_once_one_has_it(escalation, staff):
    first, *others = staff
    escalations.acknowledge(escalation.pk, first, NOW)
    taken, told = winner_and_losers(
        at_once([lambda who=who: escalations.take_over(escalation.pk, who, first.pk, NOW) for who in others])
    )
    assert told == [f"{taken.taken_by.name} has already taken this."] * 2
    assert escalation.acknowledgements.count() == 2


def test_of_those_who_close_it_at_once_one_does(escalation, staff):
    closed, told = winner_and_losers(
        at_once([lambda who=who: escalations.resolve(escalation.pk, who, "reviewed", "Seen.", NOW) for who in staff])
    )
    assert told == [f"This has already been closed. {closed.resolution.made_by.name} closed it."] * 3


def test_a_step_that_is_due_is_told_once_by_many_workers(escalation, staff):
    moved = at_once([lambda: climbing.climb_due(escalation.next_step_at)] * 4)
    assert sum(moved) == 1
    escalation.refresh_from_db()
    assert escalation.steps_taken == 2
    assert escalation.messages.filter(kind="climb_clinic").count() == len(staff)


def test_nobody_is_told_the_next_step_of_what_was_taken_in_the_same_moment(escalation, staff):
    due = escalation.next_step_at
    at_once([lambda: escalations.acknowledge(escalation.pk, staff[0], due), lambda: climbing.climb_due(due)])
    escalation.refresh_from_db()
    assert escalation.status == "acknowledged"
    assert climbing.climb_due(due) == 0
    assert escalation.messages.filter(kind="climb_clinic").count() in (0, len(staff))
