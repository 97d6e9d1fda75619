"""A draft beside the live version on stored history: asked, worked on in parts, summed up; nothing else changes."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from recovery.models import BackTest, BackTestResult, BackTestShard, Episode, PlanVersion
from recovery.services import plans
from recovery.services.back_tests import asking, episodes, shards, summing
from recovery.services.plan_documents import document_of
from recovery.services.refusals import Refused
from tests.factories import load_plan, make_clinic, make_clinician, share
from tests.past import write

from .conftest import KEY, longer_stay, reworded

pytestmark = pytest.mark.django_db
WEEKS = 4


def done(version, chosen=asking.EVERYBODY, by=None) -> BackTest:
    """A back-test that has been worked on to its end."""
    asked = asking.ask(version, chosen, by, timezone.now())
    shards.work(timezone.now)
    asked.refresh_from_db()
    return asked


def results(asked: BackTest) -> list[dict]:
    return list(asked.results.order_by("episode_id").values("episode", "first_difference_on", "figures", "days"))


def everything_but_back_tests() -> dict:
    models = [m for name in ("accounts", "recovery") for m in apps.get_app_config(name).get_models()]
    kept = [model for model in models if model not in (BackTest, BackTestShard, BackTestResult)]
    return {model: list(model._base_manager.order_by("pk").values()) for model in kept}


def test_the_live_version_beside_itself_differs_in_nothing():
    write(12, WEEKS)
    found = done(PlanVersion.objects.newest(KEY)).summary
    assert (found["episodes"], found["differing"], found["elsewhere"], found["faults"]) == (12, 0, 0, 0)
    assert found["arrivals"] == {} and summing.lost_escalations(found) == 0
    assert all(counts["live"] == counts["draft"] for counts in found["escalations"].values())


def test_a_draft_that_keeps_people_longer_says_for_whom_and_by_how_much(draft):
    write(12, WEEKS)
    asked = done(draft)
    found = asked.summary
    assert 0 < found["differing"] <= 12
    assert found["arrivals"]["low_impact"]["later"] > 0 and found["arrivals"]["low_impact"]["earlier"] == 0
    assert sum(count for *_, count in found["ends"]) == 12
    assert asked.results.filter(first_difference_on__isnull=False).count() == found["differing"]


def test_nothing_else_is_written_and_no_message_leaves(draft):
    write(10, WEEKS)
    before = everything_but_back_tests()
    assert done(draft).is_done
    assert everything_but_back_tests() == before


def test_without_episodes_it_is_done_at_once(draft):
    asked = asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    assert asked.is_done and asked.summary["episodes"] == 0


def test_asking_again_for_the_same_gives_the_one_that_is_running(draft):
    write(10, 2)
    first = asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    assert asking.ask(draft, asking.EVERYBODY, None, timezone.now()).pk == first.pk


def test_asking_for_an_edited_draft_cancels_the_one_that_is_running(draft, admin):
    write(10, 2)
    first = asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    document = reworded(document_of(draft))
    edited = plans.edit(draft.pk, document, draft.revision, admin, timezone.now())
    second = asking.ask(edited, asking.EVERYBODY, None, timezone.now())
    first.refresh_from_db()
    assert first.state == "cancelled" and second.is_running and second.pk != first.pk


def test_a_cancelled_one_does_no_more(draft):
    write(10, 2)
    asked = asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    assert asking.cancel(asked, timezone.now()) and not asking.cancel(asked, timezone.now())
    assert shards.work(timezone.now) == 0 and not asked.results.exists()


def test_what_a_worker_finishes_after_a_cancellation_is_thrown_away(draft):
    write(10, 2)
    asked = asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    shard = shards.claim(timezone.now())
    asking.cancel(asked, timezone.now())
    assert shards.finish(shard, [episodes.try_on(asked, Episode.objects.first())]) == 0
    assert not asked.results.exists()


def test_a_part_has_one_worker_at_a_time(draft):
    write(5, 2)
    asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    assert shards.claim(timezone.now()) is not None
    assert shards.claim(timezone.now()) is None


def test_a_part_of_a_dead_worker_is_taken_again_and_counts_once(draft, monkeypatch):
    write(30, 2)
    whole = done(draft)
    again = asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    dead = shards.claim(timezone.now())
    monkeypatch.setattr(shards, "LEASE", timedelta(0))
    BackTestShard.objects.filter(pk=dead.pk).update(lease_boot="another", lease_until=timezone.now())
    shards.work(timezone.now)
    again.refresh_from_db()
    assert again.is_done and results(again) == results(whole) and again.summary == whole.summary
    assert shards.finish(dead, []) == 0


def test_work_stops_when_its_time_is_up_and_goes_on_later(draft):
    write(60, 1)
    asked = asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    now = timezone.now()
    assert shards.work(lambda: now, until=now) == 1
    assert shards.is_any_left(now) and summing.progress_of(asked) == asking.AT_A_TIME
    shards.work(timezone.now)
    asked.refresh_from_db()
    assert asked.is_done and summing.progress_of(asked) == 60


def test_an_episode_that_cannot_be_replayed_is_named_and_holds_up_no_other(draft, monkeypatch):
    write(5, 2)
    broken = Episode.objects.order_by("pk").first()
    real = episodes.first_intake
    monkeypatch.setattr(episodes, "first_intake", lambda one: real(one) if one != broken else 1 / 0)
    asked = done(draft)
    assert asked.summary["faults"] == 1 and asked.summary["episodes"] == 5
    assert asked.results.get(episode=broken).fault.startswith("ZeroDivisionError")


def test_a_filter_keeps_to_a_clinic_a_phase_and_a_period(draft):
    everybody = write(10, 2)
    clinic = make_clinic()
    share(everybody[0].patient, clinic)
    Episode.objects.filter(pk=everybody[1].pk).update(phase="prevention")
    first = everybody[0].started_on
    assert done(draft, asking.Filter(clinic=clinic)).summary["episodes"] == 1
    assert done(draft, asking.Filter(phase="prevention")).summary["episodes"] == 1
    assert done(draft, asking.Filter(since=first + timedelta(days=1))).summary["episodes"] == 0
    assert done(draft, asking.Filter(since=first, until=first)).summary["episodes"] == 10


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"phase": "sprinting"}, "unknown_phase"),
        ({"since": timezone.now().date(), "until": timezone.now().date() - timedelta(days=1)}, "period_backwards"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(draft, chosen, code):
    with pytest.raises(Refused) as refused:
        asking.ask(draft, asking.Filter(**chosen), None, timezone.now())
    assert refused.value.code == code and not BackTest.objects.exists()


def test_alerts_are_expected_for_each_clinic_with_people_there(draft):
    clinic, empty = make_clinic(), make_clinic("Empty Street")
    make_clinician(clinic)
    for episode in write(10, 8):
        share(episode.patient, clinic)
    (row,) = done(draft).summary["alerts"]
    assert (row["clinic"], row["clinicians"], row["people"]) == (clinic.name, 1, 10)
    assert row["live"] > 0 and empty.name != row["clinic"]


def test_only_a_full_one_of_exactly_this_draft_is_fresh(draft, admin):
    write(5, 2)
    now = timezone.now()
    assert asking.fresh_for(draft, now) is None
    done(draft, asking.Filter(phase="rest"))
    assert asking.fresh_for(draft, now) is None
    asked = done(draft)
    assert asking.fresh_for(draft, timezone.now()) == asked
    assert asking.fresh_for(draft, timezone.now() + asking.FRESH_FOR) is None
    edited = plans.edit(draft.pk, reworded(document_of(draft)), draft.revision, admin, timezone.now())
    assert asking.fresh_for(edited, timezone.now()) is None


def test_who_approves_a_draft_does_not_make_it_another(draft, admin):
    asked = done(draft)
    document = document_of(draft) | {"approval": {"state": "approved", "note": "Approved by Ana Ruiz"}}
    approved = plans.edit(draft.pk, document, draft.revision, admin, timezone.now())
    assert asking.fresh_for(approved, timezone.now()) == asked


def test_the_summary_is_the_same_however_the_parts_were_cut(draft, monkeypatch):
    write(20, 3)
    whole = done(draft)
    monkeypatch.setattr(asking, "AT_A_TIME", 3)
    parts = done(draft)
    assert json.dumps(parts.summary) == json.dumps(whole.summary) and results(parts) == results(whole)
    assert parts.shards.count() == 7


def test_the_table_refuses_nonsense(draft):
    write(3, 1)
    asked = asking.ask(draft, asking.EVERYBODY, None, timezone.now())
    with pytest.raises(IntegrityError, match="ended_back_test_says_when|CHECK"), transaction.atomic():
        BackTest.objects.filter(pk=asked.pk).update(ended_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        BackTest.objects.create(
            plan=asked.plan, live=asked.live, document={}, through=asked.through, episodes=0, asked_at=asked.asked_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        BackTestShard.objects.filter(back_test=asked).update(state="claimed")


def test_a_draft_thrown_away_leaves_its_back_tests_readable(draft):
    asked = done(draft)
    plans.discard(draft.pk, draft.revision)
    asked.refresh_from_db()
    assert asked.is_done and asked.document["key"] == KEY


def test_a_shorter_ladder_meets_overrides_to_levels_it_has_not(draft, admin):
    load_plan()
    document = longer_stay(document_of(draft))
    document["run_levels"] = document["run_levels"][:6]
    document["start_levels"] = [row for row in document["start_levels"] if int(row["level"][1:]) <= 6]
    edited = plans.edit(draft.pk, document, draft.revision, admin, timezone.now())
    write(8, 10)
    assert done(edited).summary["faults"] == 0
