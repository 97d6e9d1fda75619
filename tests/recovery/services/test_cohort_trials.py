"""A simulated cohort as a background job: the same people on both plans, in parts, cancelled, summed up once."""

import copy
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from recovery.models import CohortPart, CohortTrial, PlanVersion
from recovery.services import plans
from recovery.services.cohort_trials import asking, parts
from recovery.services.cohort_trials.summing import figures_of, progress_of
from recovery.services.plan_documents import document_of
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, load_plan, make_user

pytestmark = pytest.mark.django_db
NOW = at(DAY_1)
FEW = {"patients": 50, "weeks": 4, "seed": 7}


@pytest.fixture
def draft():
    load_plan()
    return plans.start_draft("lower-back-running", make_user("admin"), NOW)


@pytest.fixture
def short(monkeypatch):
    """Parts of one person each, so that little is lived for what a part is about."""
    monkeypatch.setattr(parts, "lives_of", lambda part: {"live": [part.number], "draft": [part.number]})


def ask(version, **changes) -> CohortTrial:
    return asking.ask(version, **{**FEW, **changes}, by=None, now=NOW)


def test_the_same_plan_twice_leads_everybody_the_same_way_and_a_slower_one_leads_them_later(draft):
    same = ask(draft)
    parts.work(lambda: NOW)
    same.refresh_from_db()
    assert same.is_done and same.summary["live"] == same.summary["draft"]
    assert same.summary["live"]["patients"] == 50 and not same.parts.exists()
    slower = copy.deepcopy(document_of(draft))
    slower["phases"][2]["advance"][0][0]["days"]["value"] = 7
    plans.edit(draft.pk, slower, draft.revision, None, NOW)
    other = ask(PlanVersion.objects.drafts().get())
    parts.work(lambda: NOW)
    other.refresh_from_db()
    live, slow = other.summary["live"], other.summary["draft"]
    assert live == same.summary["live"]
    assert slow["median_day"]["low_impact"] > live["median_day"]["low_impact"]
    assert dict(slow["reached"]["low_impact"])[14] < dict(live["reached"]["low_impact"])[14]
    assert slow["reached"]["heat_cold"] == live["reached"]["heat_cold"]


def test_asking_again_for_the_same_gives_the_running_one_and_for_another_ends_it(draft):
    first = ask(draft)
    assert ask(draft) == first
    second = ask(draft, seed=8)
    first.refresh_from_db()
    assert (first.state, first.parts.count()) == ("cancelled", 0) and second.is_running


def test_old_cohorts_are_let_go_of_and_the_newest_stay(draft, monkeypatch):
    monkeypatch.setattr(asking, "KEPT", 2)
    asked = [ask(draft, seed=seed) for seed in range(1, 6)]
    left = CohortTrial.objects.values_list("seed", flat=True)
    assert len(left) == 2 and asked[-1].seed in left


def test_a_part_of_a_dead_worker_is_taken_again_and_what_it_still_brings_is_thrown_away(draft, short, monkeypatch):
    trial = ask(draft)
    dead = parts.claim_one(CohortPart.objects.select_related("trial").order_by("number"), parts.LEASE, NOW)
    monkeypatch.setattr("recovery.services.leases.uptime", lambda: _later(dead))
    later = NOW + parts.LEASE + timedelta(seconds=1)
    again = parts.claim_one(CohortPart.objects.filter(pk=dead.pk).select_related("trial"), parts.LEASE, later)
    assert again.epoch == dead.epoch + 1
    assert parts.finish(dead, {"live": [], "draft": []}) == 0
    assert parts.finish(again, {"live": [1], "draft": [1]}) == 1
    assert progress_of(trial) == again.size


def test_a_cancelled_cohort_takes_nothing_more_and_is_cancelled_once(draft, short):
    trial = ask(draft)
    part = parts.claim_one(trial.parts.select_related("trial").order_by("number"), parts.LEASE, NOW)
    assert asking.cancel(trial, NOW) and not asking.cancel(trial, NOW)
    assert parts.finish(part, {"live": [], "draft": []}) == 0
    assert parts.work(lambda: NOW) == 0 and not parts.is_any_left(NOW)


def test_a_slice_ends_when_its_time_is_up(draft, short):
    trial = ask(draft)
    assert parts.work(lambda: NOW, until=NOW) == 1
    assert progress_of(trial) == asking.AT_A_TIME and parts.is_any_left(NOW)


@pytest.mark.parametrize("changes", [{"patients": 49}, {"patients": 2001}, {"weeks": 3}, {"weeks": 27}])
def test_its_size_is_bounded_by_service_and_database(draft, changes):
    with pytest.raises(Refused, match="50 to 2000 people and at most 26 weeks"):
        ask(draft, **changes)
    trial = ask(draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortTrial.objects.filter(pk=trial.pk).update(**changes)


def test_a_share_is_of_everybody_and_a_median_needs_half(draft):
    lives = _lives({"rest": 1, "heat_cold": 3}, {"rest": 1}, {"rest": 1})
    found = figures_of(lives, 28)
    assert dict(found["reached"]["heat_cold"]) == {7: 33.3, 14: 33.3, 28: 33.3}
    assert found["median_day"]["heat_cold"] is None and found["median_day"]["rest"] == 1


def _lives(*reached):
    return [parts.Life("C1", number, places, ()) for number, places in enumerate(reached)]


def _later(part):
    from recovery.services.leases import Uptime

    return Uptime(part.__class__.objects.get(pk=part.pk).lease_boot, 1e12)
