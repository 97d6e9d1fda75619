"""A whole plan in Spanish: exercises, doses, when to stop, and the decision."""

import pytest
from django.urls import reverse

from recovery.content.plans import shipped
from recovery.web.plans.translations import is_complete
from tests.factories import DAY_1, at, check_in, load_plan, make_user, open_episode

PLAN = "lower-back-running"


@pytest.fixture
def spanish(client, db, time_machine):
    load_plan()
    person = make_user(language="es")
    open_episode(person, at(DAY_1, 6))
    time_machine.move_to(at(DAY_1, 12))
    client.force_login(person)
    return client, person


@pytest.mark.parametrize("exercise", shipped(PLAN)["exercises"], ids=lambda exercise: exercise["code"])
def test_an_exercise_is_whole_in_spanish(exercise):
    assert is_complete(shipped(PLAN), exercise, "es")
    assert len(shipped(PLAN)["translations"]["es"][exercise["code"]]["cues"]) == len(exercise["cues"])


def test_an_exercise_is_read_in_spanish(spanish):
    page = spanish[0].get(reverse("patient:exercise", args=["ex05"])).content.decode()
    for words in ("Bolsa templada", "Envuelve la bolsa en una toalla", "arde o salen ampollas", "toalla"):
        assert words in page
    assert "Wrap the pack" not in page and "Stop if" not in page


def test_todays_activities_and_the_decision_are_read_in_spanish(spanish):
    client, person = spanish
    today = client.get(reverse("patient:today"))
    english = {exercise["name"] for exercise in shipped(PLAN)["exercises"]}
    assert today.context["page"].activities
    assert not english & {activity.name for activity in today.context["page"].activities}
    check_in(person, DAY_1)
    activities = client.get(reverse("patient:activities")).content.decode()
    assert "Paseo corto" in activities and "Short walk" not in activities
    decision = client.get(reverse("patient:decision", args=[DAY_1])).content.decode()
    assert "Decidido el 2 de marzo" in decision and "Volver a correr después de un dolor lumbar" in decision
