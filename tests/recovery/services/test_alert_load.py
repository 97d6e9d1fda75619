"""The week's alerts by kind and by person, and what a tried change would do to them."""

from datetime import timedelta

import pytest

from recovery.models import BackTest, Escalation, PlanVersion
from recovery.services import alert_load, escalations
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = make.DAY_1 + timedelta(days=9)
NOW = make.at(TODAY, 20)


@pytest.fixture
def clinic():
    return make.make_clinic()


@pytest.fixture
def tom(clinic):
    return make.make_clinician(clinic, display_name="Tom")


@pytest.fixture
def episode(clinic):
    patient = make.make_user()
    make.share(patient, clinic)
    return make.open_episode(patient, make.at(TODAY - timedelta(days=2), 6))


def raised(episode, code="E5", at=NOW - timedelta(days=1), urgency="WD"):
    return Escalation.objects.create(episode=episode, code=code, urgency=urgency, day=TODAY, raised_at=at)


def kinds(load) -> dict:
    return {kind.code: (kind.raised, kind.taken, kind.acted_on, kind.median) for kind in load.kinds}


def test_each_kind_counts_what_was_raised_taken_and_acted_on_with_the_median(tom, episode):
    at = NOW - timedelta(days=2)
    for code, minutes, outcome in (("E5", 10, "reviewed"), ("E7", 30, "no_action"), ("E8", None, None)):
        row = raised(episode, code, at)
        if minutes:
            escalations.acknowledge(row.pk, tom, at + timedelta(minutes=minutes))
            escalations.resolve(row.pk, tom, outcome, "done", at + timedelta(hours=2))
    found = alert_load.load_of(tom, NOW)
    assert kinds(found) == {
        "E5": (1, 1, 1, timedelta(minutes=10)),
        "E7": (1, 1, 0, timedelta(minutes=30)),
        "E8": (1, 0, 0, None),
    }
    assert (found.raised, found.taken, found.acted_on) == (3, 2, 1)


def test_the_median_is_the_middle_of_several_and_the_first_to_take_counts(tom, clinic):
    ana = make.make_clinician(clinic, display_name="Ana")
    at = NOW - timedelta(days=2)
    for minutes in (10, 20, 90):
        patient = make.make_user()
        make.share(patient, clinic)
        row = raised(make.open_episode(patient), at=at)
        escalations.acknowledge(row.pk, tom, at + timedelta(minutes=minutes))
        escalations.take_over(row.pk, ana, tom.pk, at + timedelta(hours=5))
    found = alert_load.load_of(tom, NOW)
    assert kinds(found)["E5"] == (3, 3, 0, timedelta(minutes=20))
    assert [(p.name, p.taken, p.closed, p.median) for p in found.people] == [
        ("Tom", 3, 0, timedelta(minutes=20)),
        ("Ana", 0, 0, None),
    ]


def test_only_this_week_only_patients_who_share_and_no_advice(tom, episode):
    raised(episode, "E2", NOW - timedelta(days=7, seconds=1))
    raised(episode, "E1", urgency="AD")
    raised(make.open_episode(), "E5")
    assert alert_load.load_of(tom, NOW).kinds == ()
    assert kinds(alert_load.load_of(tom, NOW, back=1)) == {"E2": (1, 0, 0, None)}


def test_the_cost_does_not_grow_with_the_alerts(tom, clinic, django_assert_max_num_queries):
    for _ in range(6):
        patient = make.make_user()
        make.share(patient, clinic)
        row = raised(make.open_episode(patient))
        escalations.acknowledge(row.pk, tom, NOW)
    with django_assert_max_num_queries(4):
        assert alert_load.load_of(tom, NOW).raised == 6


def tried(**fields) -> BackTest:
    live = PlanVersion.objects.get()
    counts = {"live": 4, "draft": 2, "gained": 0, "lost": 2, "earlier": 0, "later": 0}
    same = {**counts, "draft": 4, "lost": 0}
    alerts = [
        {"clinic": name, "clinicians": 1, "people": 9, "live": 3.5, "draft": 2.0}
        for name in ("Harbour Street Physio", "Mill Lane")
    ]
    summary = {"escalations": {"E5": counts, "E7": same}, "alerts": alerts}
    fields = {"state": "done", "ended_at": NOW, "asked_at": NOW, "summary": summary, **fields}
    return BackTest.objects.create(
        plan=live.plan, live=live, document={}, digest="x", rules_version="1", through=TODAY, episodes=9, **fields
    )


def test_what_the_latest_trial_would_change_is_told_for_ones_own_clinic_alone(tom, episode):
    tried()
    (one,) = alert_load.tried_for(tom)
    assert [row["clinic"] for row in one.clinics] == ["Harbour Street Physio"]
    assert [(row["code"], row["lost"]) for row in one.codes] == [("E5", 2)]
    assert not one.is_published


def test_without_a_finished_trial_of_everybody_there_is_none(tom, episode):
    tried(state="running", ended_at=None)
    tried(phase="rest")
    assert alert_load.tried_for(tom) == []
