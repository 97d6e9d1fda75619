"""Running episodes follow another version of their plan: by choice, one by one, and never backwards."""

import copy
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from recovery.models import (
    Decision,
    Delivery,
    DueMove,
    Episode,
    Escalation,
    Finding,
    OutboxMessage,
    PlanMove,
)
from recovery.services import check_ins, plan_moves, plan_specs, plans, silence, verification
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, check_in, entry, make_user, open_episode, shipped_document

from .back_tests.conftest import longer_stay

pytestmark = pytest.mark.django_db
MORNING = 8
CALM = dict.fromkeys(("average", "worst", "morning", "function"), 1)


def day(number: int):
    """The local day of this number, 1 being the first."""
    return DAY_1 + timedelta(days=number - 1)


@pytest.fixture(autouse=True)
def _versions_read_anew():
    """Numbers of versions come again after a rollback; what one test published is nothing to the next."""
    plan_specs._spec_of_published.cache_clear()
    yield
    plan_specs._spec_of_published.cache_clear()


@pytest.fixture
def patient():
    return make_user()


@pytest.fixture
def episode(patient):
    """Somebody in gentle stretching with three check-ins, on version 1."""
    episode = open_episode(patient, average=2)
    for number in range(1, 4):
        check_in(patient, day(number), session={"status": "done", "pain": 1}, **CALM)
    episode.refresh_from_db()
    return episode


@pytest.fixture
def newer(episode):
    """Version 2, in which people stay in gentle stretching for longer."""
    return plans.load(longer_stay(shipped_document()), at(day(3), 21))[0]


def history() -> str:
    """Every decision, finding, escalation and message there is, byte for byte."""
    kinds = (Decision, Finding, Escalation, OutboxMessage, Delivery)
    return serializers.serialize("json", [row for kind in kinds for row in kind.objects.order_by("pk")])


def decided(episode) -> list:
    return list(Decision.objects.standing().filter(episode=episode).values_list("day", "plan_version__number"))


def test_staying_leaves_every_byte_of_the_history_as_it_was(episode, newer):
    before = history()
    assert plan_moves.ask_all(newer, plan_moves.STAY, None, at(day(4), MORNING)) == 0
    plan_moves.make_due(at(day(5), MORNING))
    assert history() == before
    assert Episode.objects.get().plan_version.number == 1 and not DueMove.objects.exists()


def test_a_move_now_decides_from_today_on_and_leaves_the_days_before(episode, newer):
    before = list(serializers.deserialize("json", history()))
    assert plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(4), MORNING)) == 1
    assert plan_moves.make_due(at(day(4), MORNING)) == 1
    check_in(episode.patient, day(4))
    assert decided(episode) == [(day(n), 1 if n < 4 else 2) for n in range(1, 5)]
    kept = {(type(row.object), row.object.pk): row.object for row in before}
    for (kind, key), row in kept.items():
        assert serializers.serialize("json", [kind.objects.get(pk=key)]) == serializers.serialize("json", [row])
    new = Decision.objects.exclude(pk__in=[key for kind, key in kept if kind is Decision])
    assert {row.day for row in new} == {day(4)}


def test_what_is_stored_is_what_the_rules_say_after_a_move(episode, newer):
    plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(4), MORNING))
    plan_moves.make_due(at(day(4), MORNING))
    for number in (4, 5, 7):
        check_in(episode.patient, day(number), **CALM)
    assert not list(verification.differences(Episode.objects.get()))
    stays = Decision.objects.standing().get(day=day(5)).findings.get(rule="minimum_days")
    assert stays.limits["days"] == 6


def test_a_stored_decision_of_the_wrong_version_is_found(episode, newer):
    plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(4), MORNING))
    plan_moves.make_due(at(day(4), MORNING))
    QuerySet(Decision).filter(day=day(4)).update(plan_version=episode.plan_version)
    assert [found.field for found in verification.differences(Episode.objects.get())] == ["plan_version"]


def test_a_day_that_is_decided_stays_decided_and_the_move_comes_tomorrow(episode, newer):
    plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(3), 22))
    assert plan_moves.make_due(at(day(3), 22)) == 1 and not PlanMove.objects.exists()
    assert DueMove.objects.get().due_at == at(day(4), 4)
    assert plan_moves.make_due(at(day(4), 3)) == 0
    plan_moves.make_due(at(day(4), 4))
    assert PlanMove.objects.get().day == day(4)


def test_a_move_at_the_next_phase_waits_for_it(episode, newer):
    plan_moves.ask_all(newer, plan_moves.NEXT_PHASE, None, at(day(4), MORNING))
    assert plan_moves.make_due(at(day(4), MORNING)) == 0
    for number in range(4, 7):
        check_in(
            episode.patient,
            day(number),
            session={"status": "done", "pain": 1},
            average=1,
            worst=1,
            morning=1,
            function=1,
        )
        plan_moves.make_due(at(day(number), 23))
        plan_moves.make_due(at(day(number + 1), 5))
    arrived = Decision.objects.standing().get(outcome="advance").day
    assert PlanMove.objects.get().day == arrived + timedelta(days=1)
    assert not list(verification.differences(Episode.objects.get()))


def test_asked_and_made_again_it_is_made_once(episode, newer):
    for _ in range(2):
        plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(4), MORNING))
        plan_moves.make_due(at(day(4), MORNING))
    assert PlanMove.objects.count() == 1 and DueMove.objects.get().state == "moved"


def test_a_move_that_breaks_off_half_way_is_as_if_it_had_not_begun_and_is_made_the_next_time(
    episode, newer, monkeypatch
):
    plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(4), MORNING))
    before = history()
    with monkeypatch.context() as broken:
        broken.setattr(plan_moves, "judge_event", lambda *_: 1 / 0)
        assert plan_moves.make_due(at(day(4), MORNING)) == 0
    assert history() == before and not PlanMove.objects.exists()
    assert Episode.objects.get().plan_version.number == 1
    assert plan_moves.make_due(at(day(4), MORNING)) == 1 and PlanMove.objects.count() == 1


def test_a_move_keeps_who_asked_and_both_decisions_of_the_last_check_in(episode, newer):
    admin = make_user("admin")
    plan_moves.ask_all(newer, plan_moves.NOW, admin, at(day(4), MORNING))
    plan_moves.make_due(at(day(4), MORNING))
    move = PlanMove.objects.get()
    assert (move.made_by, move.from_version.number, move.to_version.number) == (admin, 1, 2)
    stored = Decision.objects.standing().get(day=day(3))
    assert (move.before["day"], move.before["outcome"], move.before["rule"]) == (
        stored.day.isoformat(),
        stored.outcome,
        stored.rule,
    )
    assert move.after["day"] == move.before["day"]


def test_a_correction_of_the_day_before_the_move_is_judged_by_the_version_of_that_day(episode, newer):
    plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(4), 5))
    plan_moves.make_due(at(day(4), 5))
    late = entry(day(3), key=episode.check_ins.get(day=day(3)).key, made_at=at(day(4), 9), average=9, worst=9)
    check_ins.correct(episode.patient, late, at(day(4), 9))
    assert decided(episode)[-2:] == [(day(3), 1), (day(4), 2)]
    assert not list(verification.differences(Episode.objects.get()))


@pytest.mark.parametrize("silent", [1, 2, 4, 7, 14])
def test_a_move_tells_nobody_anything_before_its_time(episode, newer, silent):
    before = OutboxMessage.objects.count(), Escalation.objects.count()
    silence.watch(at(day(3 + silent), 3))
    told = OutboxMessage.objects.count(), Escalation.objects.count()
    plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(3 + silent), MORNING))
    plan_moves.make_due(at(day(3 + silent), MORNING))
    assert (OutboxMessage.objects.count(), Escalation.objects.count()) == told >= before
    for hour in range(0, 24 * 4, 6):
        silence.watch(at(day(4 + silent), MORNING) + timedelta(hours=hour))
        plan_moves.make_due(at(day(4 + silent), MORNING) + timedelta(hours=hour))
    assert PlanMove.objects.exists() and not list(verification.differences(Episode.objects.get()))


def test_publishing_once_more_ends_the_moves_that_wait(episode, newer):
    plan_moves.ask_all(newer, plan_moves.NEXT_PHASE, None, at(day(4), MORNING))
    document = copy.deepcopy(longer_stay(shipped_document()))
    document["phases"][0]["goal"] = "Take it easy for a day or two."
    newest, _ = plans.load(document, at(day(4), 9))
    plan_moves.ask_all(newest, plan_moves.STAY, None, at(day(4), 9))
    row = DueMove.objects.get()
    assert (row.state, row.reason) == ("withheld", "another_version")


def test_an_episode_that_ends_meanwhile_is_not_moved(episode, newer):
    plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(4), MORNING))
    Episode.objects.update(closed_at=at(day(4), 7), close_reason="left")
    plan_moves.make_due(at(day(4), MORNING))
    assert DueMove.objects.get().reason == "episode_has_ended" and not PlanMove.objects.exists()


def test_one_episode_is_moved_back_and_forth_a_day_apart(episode, newer):
    first = episode.plan_version
    assert plan_moves.ask_one(episode.pk, newer, None, at(day(4), MORNING)).day == day(4)
    assert plan_moves.ask_one(episode.pk, first, None, at(day(4), 9)) is None
    check_in(episode.patient, day(4))
    plan_moves.make_due(at(day(5), 5))
    check_in(episode.patient, day(5))
    assert decided(episode)[-2:] == [(day(4), 2), (day(5), 1)]
    assert not list(verification.differences(Episode.objects.get()))


@pytest.mark.parametrize("which", ["same", "draft", "other"])
def test_a_move_to_anything_but_another_published_version_of_the_plan_is_refused(episode, newer, which):
    document = {**shipped_document(), "key": "another-plan"}
    versions = {
        "same": lambda: episode.plan_version,
        "draft": lambda: plans.start_draft("lower-back-running", None, at(day(4))),
        "other": lambda: plans.load(document, at(day(4)))[0],
    }
    codes = {"same": "on_this_version", "draft": "version_not_published", "other": "version_of_another_plan"}
    with pytest.raises(Refused) as refused:
        plan_moves.ask_one(episode.pk, versions[which](), None, at(day(4), MORNING))
    assert refused.value.code == codes[which] and not DueMove.objects.exists()


def test_the_tables_refuse_two_moves_on_a_day_and_two_that_wait(episode, newer):
    move = {"episode": episode, "to_version": newer, "timing": "now", "day": day(4), "made_at": at(day(4))}
    PlanMove.objects.create(from_version=episode.plan_version, **move)
    with pytest.raises(IntegrityError, match="one_plan_move_per_episode_and_day|episode_id"), transaction.atomic():
        PlanMove.objects.create(from_version=episode.plan_version, **move)
    with pytest.raises(IntegrityError, match="a_plan_move_leads_to_another_version"), transaction.atomic():
        PlanMove.objects.create(from_version=newer, **{**move, "day": day(5)})
    due = {"episode": episode, "version": newer, "timing": "now", "asked_at": at(day(4)), "due_at": at(day(4))}
    DueMove.objects.create(phase="rest", **due)
    with pytest.raises(IntegrityError, match="one_due_move_per_episode|episode_id"), transaction.atomic():
        DueMove.objects.create(phase="rest", **due)


def test_many_are_moved_in_parts_and_who_starts_later_is_on_the_new_version_anyway(episode, newer):
    for _ in range(2):
        Episode.objects.filter(pk=open_episode(make_user(), at(day(3), 9)).pk).update(plan_version=episode.plan_version)
    assert plan_moves.ask_all(newer, plan_moves.NOW, None, at(day(4), MORNING)) == 3
    open_episode(make_user(), at(day(4), MORNING))
    assert plan_moves.make_due(at(day(4), MORNING), limit=2) == 2
    assert plan_moves.make_due(at(day(4), MORNING)) == 1
    assert set(Episode.objects.values_list("plan_version__number", flat=True)) == {2}
    assert PlanMove.objects.count() == 3
