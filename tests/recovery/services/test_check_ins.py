"""A check-in is taken once, decided at once, and corrected without losing what was said."""

from datetime import timedelta
from uuid import uuid4

import pytest

from recovery.models import AppendOnlyError, CheckIn, Decision, Episode, Finding
from recovery.services import check_ins
from recovery.services.refusals import Conflict, Refused
from tests.factories import DAY_1, at, check_in, entry, make_user, open_episode

pytestmark = pytest.mark.django_db
DAY_2, DAY_3, DAY_4 = (DAY_1 + timedelta(days=n) for n in (1, 2, 3))


@pytest.fixture
def patient():
    return open_episode().patient


def test_a_check_in_is_stored_with_its_decision_and_findings(patient):
    recorded = check_in(patient, DAY_1)
    assert recorded.is_new and recorded.decision.day == DAY_1
    assert recorded.decision.check_in == recorded.check_in
    assert Finding.objects.filter(decision=recorded.decision).exists()


def test_the_same_entry_again_answers_the_same_and_adds_nothing(patient):
    made = entry(DAY_1)
    first = check_ins.record(patient, made, at(DAY_1))
    again = check_ins.record(patient, made, at(DAY_2))
    assert (again.is_new, again.check_in, again.decision) == (False, first.check_in, first.decision)
    assert CheckIn.objects.count() == Decision.objects.count() == 1


def test_the_same_id_with_other_answers_is_a_conflict_with_the_stored_one(patient):
    key = uuid4()
    stored = check_in(patient, DAY_1, key=key).check_in
    with pytest.raises(Conflict, match="already saved with other answers") as refusal:
        check_in(patient, DAY_1, key=key, average=2)
    assert refusal.value.stored == stored


def test_another_id_for_a_filled_day_is_a_conflict_with_the_stored_one(patient):
    stored = check_in(patient, DAY_1).check_in
    with pytest.raises(Conflict, match="already checked in") as refusal:
        check_in(patient, DAY_1)
    assert refusal.value.stored == stored


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(DAY_1 + timedelta(days=1), "not come yet"), (DAY_1 - timedelta(days=1), "Your plan started on")],
)
def test_a_day_outside_the_plan_is_refused_and_nothing_is_written(patient, day, sentence):
    with pytest.raises(Refused, match=sentence):
        check_in(patient, day, made_at=at(DAY_1))
    assert not CheckIn.objects.exists()


def test_a_stranger_without_a_plan_is_told_to_start_one():
    with pytest.raises(Refused, match="no plan"):
        check_in(make_user(), DAY_1)


def test_a_correction_in_time_judges_the_day_again_and_keeps_both(patient):
    key = uuid4()
    first = check_in(patient, DAY_1, key=key, average=2, worst=9)
    corrected = check_ins.correct(patient, entry(DAY_1, key=key, average=9, worst=9), at(DAY_1, 20))
    assert corrected.check_in.supersedes == first.check_in
    assert corrected.decision.supersedes == first.decision
    assert CheckIn.objects.get(pk=first.check_in.pk).average == 2


def test_a_correction_with_the_same_answers_changes_nothing(patient):
    made = entry(DAY_1)
    first = check_ins.record(patient, made, at(DAY_1))
    again = check_ins.correct(patient, made, at(DAY_1, 20))
    assert not again.is_new and again.check_in == first.check_in


def test_a_correction_of_an_unknown_check_in_is_refused(patient):
    with pytest.raises(Refused, match="no check-in"):
        check_ins.correct(patient, entry(DAY_1), at(DAY_1))


def test_a_late_correction_leaves_the_shown_decisions_alone(patient):
    key = uuid4()
    shown = [check_in(patient, DAY_1, key=key).decision, check_in(patient, DAY_2).decision]
    corrected = check_ins.correct(patient, entry(DAY_1, key=key, average=1, made_at=at(DAY_3)), at(DAY_3))
    assert corrected.check_in.known_on == DAY_3
    assert list(Decision.objects.standing().filter(day__lte=DAY_2)) == shown


def test_yesterday_can_be_filled_in_until_noon_and_is_a_diary_note_afterwards(patient):
    in_time = check_in(patient, DAY_1, made_at=at(DAY_2, 11, 59))
    late = check_in(patient, DAY_2, made_at=at(DAY_3, 12, 1))
    assert in_time.decision is not None
    assert late.decision is None and late.check_in.known_on == DAY_3


def test_entries_that_arrive_out_of_order_end_in_the_same_decisions():
    days = [DAY_1 + timedelta(days=n) for n in range(6)]
    made = [entry(day, average=4 - n // 2, worst=6) for n, day in enumerate(days)]
    histories = []
    for order in (range(6), (3, 0, 5, 1, 4, 2)):
        episode = open_episode()
        for index in order:
            check_ins.record(episode.patient, made[index], at(days[-1], 20))
        standing = Decision.objects.standing().filter(episode=episode).order_by("day")
        histories.append(list(standing.values_list("day", "outcome", "rule", "phase", "state_after", "notices")))
    assert histories[0] == histories[1]


def test_history_refuses_to_be_edited_or_deleted(patient):
    stored = check_in(patient, DAY_1)
    for attempt in (
        stored.check_in.save,
        stored.check_in.delete,
        stored.decision.delete,
        lambda: CheckIn.objects.update(average=0),
        lambda: Decision.objects.all().delete(),
    ):
        with pytest.raises(AppendOnlyError, match="history"):
            attempt()


def test_a_red_flag_stops_the_plan_at_once(patient):
    decision = check_in(patient, DAY_1, red_flags=("RF01",)).decision
    episode = Episode.objects.get(patient=patient)
    assert decision.outcome == "stop" and episode.stopped_on == DAY_1


def test_a_red_flag_in_a_late_entry_stops_the_plan_too(patient):
    check_in(patient, DAY_2)
    check_in(patient, DAY_1, red_flags=("RF02",), made_at=at(DAY_3, 15))
    assert Episode.objects.get(patient=patient).is_stopped


@pytest.mark.parametrize("days", [5, 120])
def test_a_check_in_costs_the_same_few_queries_whatever_the_history(patient, days, django_assert_max_num_queries):
    for n in range(days):
        check_in(patient, DAY_1 + timedelta(days=n), average=2)
    with django_assert_max_num_queries(9):
        check_in(patient, DAY_1 + timedelta(days=days), average=2)


def test_a_repeated_diary_note_has_no_decision_of_another_day(patient):
    check_in(patient, DAY_3)
    late = entry(DAY_1, made_at=at(DAY_3, 13))
    first, again = (check_ins.record(patient, late, at(DAY_3, 20)) for _ in range(2))
    assert (first.decision, again.decision) == (None, None)
