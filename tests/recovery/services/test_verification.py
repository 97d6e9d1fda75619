"""What is stored is what the rules say, whatever order it came in and whatever was corrected."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from recovery.models import Episode
from recovery.services import check_ins, episodes, silence
from recovery.services.verification import differences
from tests.factories import DAY_1, at, check_in, entry, make_user, open_episode

pytestmark = pytest.mark.django_db


def a_messy_history(seed: int) -> Episode:
    """Forty days with gaps, late arrivals, corrections in time and too late, an override and sweeps in between."""
    chance = random.Random(seed)
    patient = open_episode(average=5, worst=7).patient
    waiting = []
    for n in range(40):
        day = DAY_1 + timedelta(days=n)
        if chance.random() < 0.7:
            waiting.append(entry(day, average=chance.randint(0, 7), worst=chance.randint(7, 10)))
        if chance.random() < 0.5:
            chance.shuffle(waiting)
            while waiting:
                made = waiting.pop()
                check_ins.record(patient, made, at(day, 20))
                if chance.random() < 0.3:
                    when = at(made.fact.day + timedelta(days=chance.randint(0, 3)), 21)
                    again = entry(made.fact.day, made.key, when, average=chance.randint(0, 7), worst=9)
                    check_ins.correct(patient, again, max(when, at(day, 21)))
        silence.watch(at(day, 13))
        if n == 20:
            episode = Episode.objects.get(patient=patient)
            episodes.override(
                episode.pk,
                "gentle_stretching",
                "",
                "Ease off.",
                day + timedelta(days=4),
                make_user("clinician"),
                at(day, 22),
            )
    return Episode.objects.get(patient=patient)


@pytest.mark.parametrize("seed", range(12))
def test_a_messy_history_recomputes_to_what_is_stored(seed):
    assert list(differences(a_messy_history(seed))) == []


def test_a_tampered_decision_is_found(capsys):
    patient = open_episode().patient
    decision = check_in(patient, DAY_1).decision

    with connection.cursor() as cursor:
        cursor.execute("UPDATE recovery_decision SET outcome = 'advance' WHERE id = %s", [decision.pk])
    with pytest.raises(SystemExit) as exit_code:
        call_command("verify_decisions")
    assert exit_code.value.code == 1
    assert f"{DAY_1}: outcome is stored as 'advance'" in capsys.readouterr().out


def test_the_first_difference_ends_the_run_and_the_bar_shows_how_far_it_came(capsys, monkeypatch):
    for _ in range(4):
        check_in(open_episode().patient, DAY_1)
    monkeypatch.setattr("django.core.management.base.OutputWrapper.isatty", lambda self: True)
    call_command("verify_decisions")
    shown = capsys.readouterr()
    assert "0 differences in 4 decisions of 4 episodes." in shown.out
    assert f"\r[{'#' * 15}{'.' * 15}] 2 of 4 episodes" in shown.err
    assert shown.err.endswith(f"\r[{'#' * 30}] 4 of 4 episodes\n")


def test_an_honest_history_has_no_differences(capsys):
    patient = open_episode().patient
    key = uuid4()
    check_in(patient, DAY_1, key=key)
    check_ins.correct(patient, entry(DAY_1, key, average=1), at(DAY_1, 21))
    call_command("verify_decisions")
    assert capsys.readouterr().out == "0 differences in 1 decisions of 1 episodes.\n"
