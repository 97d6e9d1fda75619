"""The tolerant run gate, unlocked by a clinician for one patient."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from recovery.models import Episode, GateDecision
from recovery.services import run_gate, verification
from recovery.services.refusals import Refused

from .conftest import NOW, TODAY

GOOD = {"wish": "unlock", "reason": "Steady at 2 for a month.", "no_leg_signs": "on"}


def send(door, episode, **changes):
    return door.post(reverse("clinic:gate", args=[episode.pk]), {**GOOD, **changes})


def test_an_unlocking_reaches_the_rules_from_today_on(door, episode):
    assert send(door, episode).status_code == 302
    assert Episode.objects.get().state["tolerant_gate"] is True
    assert "Steady at 2 for a month." in door.get(reverse("clinic:gate", args=[episode.pk])).text


def test_it_can_be_locked_again_and_the_last_word_of_a_day_counts(door, episode):
    send(door, episode)
    send(door, episode, wish="lock", reason="Tingling in the left leg.")
    assert Episode.objects.get().state["tolerant_gate"] is False
    assert GateDecision.objects.count() == 2


def test_replaying_the_history_finds_the_same(door, episode):
    send(door, episode)
    assert not list(verification.differences(Episode.objects.get()))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Give a reason."),
        ({"reason": "  "}, "Give a reason."),
        ({"no_leg_signs": ""}, "Ask about the legs first"),
        ({"wish": "lock"}, "It is locked already."),
    ],
)
def test_an_unlocking_that_cannot_be_is_refused(door, episode, wrong, sentence):
    response = send(door, episode, **wrong)
    assert (response.status_code, sentence in response.text) == (400, True)
    assert not GateDecision.objects.exists()


def test_a_double_tap_unlocks_once(episode, clinician):
    run_gate.decide(episode.pk, True, "Steady.", clinician, NOW)
    with pytest.raises(Refused, match="unlocked already"):
        run_gate.decide(episode.pk, True, "Steady.", clinician, NOW)


def test_a_decision_without_a_reason_is_refused_by_the_table(episode, clinician):
    with pytest.raises(IntegrityError, match="gate_decision_gives_a_reason"), transaction.atomic():
        GateDecision.objects.create(
            episode=episode, day=TODAY, is_tolerant=True, reason="", made_by=clinician, made_at=NOW
        )
