"""The tasks of a clinician's day: each kind while it waits, none that is not theirs, what was done until midnight."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import Consent
from recovery.models import Episode, Escalation, FollowUp, Override
from recovery.services import episodes, escalations, follow_ups, run_gate, threads, workspace
from recovery.services.agenda import agenda_of
from recovery.services.refusals import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = make.DAY_1 + timedelta(days=9)
NOW = make.at(TODAY, 20)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def clinic():
    return make.make_clinic()


@pytest.fixture
def tom(clinic):
    return make.make_clinician(clinic)


@pytest.fixture
def episode(clinic):
    patient = make.make_user(display_name="Marek")
    make.share(patient, clinic)
    return make.open_episode(patient, make.at(TODAY, 6))


def raised(episode, code="E5", urgency="WD"):
    return Escalation.objects.create(episode=episode, code=code, urgency=urgency, day=TODAY, raised_at=NOW)


def kinds(person, now=NOW, **options) -> list[str]:
    return [group.kind for group in agenda_of(person, now, **options).groups]


def done(person, now=NOW) -> list[str]:
    return [task.kind for task in agenda_of(person, now).done]


def note(owner, episode, due_on=TODAY, text="Call about the shoes", key=None):
    return follow_ups.add(episode, owner, text, due_on, key or uuid4(), TODAY, NOW)


def test_a_day_without_anything_is_empty(tom, episode):
    assert kinds(tom) == [] and done(tom) == []


def test_what_nobody_has_taken_waits_and_advice_does_not(tom, episode):
    raised(episode, "E1", "AD")
    assert kinds(tom) == []
    raised(episode)
    assert kinds(tom) == ["escalation"]


def test_what_i_took_waits_for_its_outcome_and_was_done_today(tom, episode, clinic):
    row = raised(episode)
    escalations.acknowledge(row.pk, tom, NOW)
    assert kinds(tom) == ["taken"] and done(tom) == ["escalation"]
    assert kinds(make.make_clinician(clinic)) == []
    escalations.resolve(row.pk, tom, "reviewed", "called", NOW)
    assert kinds(tom) == [] and sorted(done(tom)) == ["escalation", "taken"]


def test_a_message_waits_until_it_is_answered(tom, episode, clinic):
    threads.send(episode.patient, episode.patient, clinic, "May I cycle?", uuid4(), NOW)
    assert kinds(tom) == ["reply"]
    for _ in range(2):
        threads.send(tom, episode.patient, clinic, "Yes.", uuid4(), NOW)
    assert kinds(tom) == [] and done(tom) == ["reply"]


def test_a_plan_that_is_off_waits_for_a_clearance(tom, episode):
    make.check_in(episode.patient, TODAY, red_flags=("RF11",))
    assert "clearance" in kinds(tom)
    episodes.record_clearance(episode.pk, "doctor", TODAY, tom, NOW, "")
    assert "clearance" not in kinds(tom) and "clearance" in done(tom)


@pytest.mark.parametrize(("expires_on", "waits"), [(TODAY, True), (TOMORROW, True), (TODAY + timedelta(days=2), False)])
def test_a_change_by_hand_is_named_when_it_ends_today_or_tomorrow(tom, episode, expires_on, waits):
    values = {"phase": "rest", "reason": "x", "starts_on": make.DAY_1, "made_by": tom, "made_at": make.at(make.DAY_1)}
    Override.objects.create(episode=episode, expires_on=expires_on, **values)
    assert ("override" in kinds(tom)) is waits


def test_a_withdrawn_change_is_not_named(tom, episode):
    values = {"phase": "rest", "reason": "x", "starts_on": make.DAY_1, "made_by": tom, "made_at": make.at(make.DAY_1)}
    Override.objects.create(episode=episode, expires_on=TODAY, withdrawn_on=TODAY, withdrawn_by=tom, **values)
    assert kinds(tom) == []


def test_somebody_new_waits_until_they_stand_on_a_list(tom, episode):
    Consent.objects.update(given_at=NOW - timedelta(days=7))
    assert kinds(tom) == ["new"] and kinds(tom, mine=True) == []
    workspace.begin_care(episode, tom, NOW)
    assert kinds(tom) == [] and done(tom) == ["new"]


def test_who_shared_more_than_a_week_ago_is_not_new(tom, episode):
    Consent.objects.update(given_at=NOW - timedelta(days=7, seconds=1))
    assert kinds(tom) == []


def test_a_decision_about_the_gate_counts_as_done(tom, episode):
    run_gate.decide(episode.pk, True, "steady for weeks", tom, NOW)
    assert done(tom) == ["ready"]


@pytest.mark.parametrize(("due_on", "waits"), [(TODAY, True), (TOMORROW, False)])
def test_a_follow_up_waits_from_its_day_on(tom, episode, due_on, waits):
    note(tom, episode, due_on)
    assert (kinds(tom) == ["follow_up"]) is waits


def test_a_follow_up_is_ticked_off_shown_until_midnight_and_may_be_put_back(tom, episode):
    row = note(tom, episode)
    follow_ups.finish(row, NOW)
    follow_ups.finish(row, NOW + timedelta(hours=1))
    row.refresh_from_db()
    assert row.done_at == NOW and kinds(tom) == [] and done(tom) == ["follow_up"]
    assert done(tom, NOW + timedelta(hours=4)) == []
    follow_ups.reopen(row)
    assert kinds(tom, NOW + timedelta(days=3)) == ["follow_up"]


def test_midnight_is_that_of_the_reader(tom, episode):
    follow_ups.finish(note(tom, episode), NOW)
    tom.time_zone = "Asia/Tokyo"  # five in the morning of the next day there
    assert done(tom) == ["follow_up"]
    tom.time_zone = "America/Los_Angeles"
    assert done(tom, NOW + timedelta(hours=10)) == ["follow_up"] and done(tom, NOW + timedelta(hours=12)) == []


def test_a_colleague_has_no_follow_up_of_mine(tom, episode, clinic):
    note(tom, episode)
    assert kinds(make.make_clinician(clinic)) == []


def test_nothing_stays_of_somebody_who_no_longer_shares(tom, episode, clinic):
    raised(episode)
    threads.send(episode.patient, episode.patient, clinic, "May I cycle?", uuid4(), NOW)
    note(tom, episode)
    follow_ups.finish(note(tom, episode, text="Other"), NOW)
    Consent.objects.update(withdrawn_at=NOW)
    assert kinds(tom) == [] and done(tom) == []


def test_a_double_tap_notes_it_once(tom, episode):
    key = uuid4()
    assert note(tom, episode, key=key).pk == note(tom, episode, key=key).pk


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"text": "x" * 201}, "text"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": TODAY + timedelta(days=367)}, "due_on"),
    ],
)
def test_a_follow_up_that_makes_no_sense_is_refused_about_its_field(tom, episode, change, field):
    with pytest.raises(Refused) as refused:
        note(tom, episode, **change)
    assert refused.value.field == field and not FollowUp.objects.exists()


def test_mine_keeps_to_my_list(tom, episode, clinic):
    raised(episode)
    assert kinds(tom, mine=True) == []
    workspace.begin_care(episode, tom, NOW)
    assert kinds(tom, mine=True) == ["escalation"]


def test_of_very_many_the_most_pressing_are_shown_and_the_cost_stays(
    tom, episode, clinic, django_assert_max_num_queries
):
    for number in range(55):
        person = make.make_user(display_name=f"P{number:02}")
        make.share(person, clinic)
        values = {"plan_version": episode.plan_version, "onset_on": make.DAY_1, "started_on": make.DAY_1}
        other = Episode.objects.create(
            patient=person, opened_at=NOW, phase="rest", phase_entered_on=make.DAY_1, **values
        )
        raised(other, "RF05" if number == 54 else "E5")
    with django_assert_max_num_queries(17):
        (group,) = [g for g in agenda_of(tom, NOW).groups if g.kind == "escalation"]
    assert (len(group.tasks), group.has_more, group.tasks[0].patient_name) == (50, True, "P54")
