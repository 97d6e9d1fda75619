"""What clinicians arrange for themselves."""

import pytest
from django.db import IntegrityError, transaction

from recovery.models import Care, SavedView
from recovery.services import workspace
from recovery.services.panel import Wish, everybody, panel
from recovery.services.refusals import Refused
from tests import factories as make

NOW = make.at(make.DAY_1, 20)


@pytest.fixture
def clinic(db):
    return make.make_clinic()


@pytest.fixture
def clinician(clinic):
    return make.make_clinician(clinic)


def person(clinic, name):
    patient = make.make_user(display_name=name)
    make.share(patient, clinic)
    return make.open_episode(patient)


def names(rows):
    return [row.patient_name for row in rows]


def test_my_list_holds_those_i_look_after_and_no_longer_after_i_stop(clinic, clinician):
    mine, _ = person(clinic, "mine"), person(clinic, "other")
    workspace.begin_care(mine, clinician, NOW)
    assert names(panel(clinician, NOW, Wish(mine=True)).rows) == ["mine"]
    assert workspace.end_care(mine, clinician, NOW) == 1
    assert panel(clinician, NOW, Wish(mine=True)).rows == []


def test_saying_it_twice_begins_one_spell(clinic, clinician):
    episode = person(clinic, "mine")
    assert workspace.begin_care(episode, clinician, NOW) == workspace.begin_care(episode, clinician, NOW)
    assert Care.objects.count() == 1


def test_two_spells_at_once_are_refused_by_the_table(clinic, clinician):
    row = workspace.begin_care(person(clinic, "mine"), clinician, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Care.objects.create(episode=row.episode, clinician=clinician, begun_at=NOW)


def test_my_list_shows_nobody_who_does_not_share(clinic, clinician):
    episode = make.open_episode(make.make_user(display_name="shares with nobody"))
    workspace.begin_care(episode, clinician, NOW)
    assert panel(clinician, NOW, Wish(mine=True)).rows == []


def test_the_panel_narrows_to_a_phase(clinic, clinician):
    person(clinic, "anywhere")
    assert names(panel(clinician, NOW, Wish(phase="gentle_stretching")).rows) == ["anywhere"]
    assert panel(clinician, NOW, Wish(phase="rest")).rows == []


def test_everybody_is_read_in_the_order_of_the_pages(clinic, clinician, monkeypatch):
    monkeypatch.setattr("recovery.services.panel.PORTION", 2)
    for number in range(5):
        person(clinic, f"P{number}")
    assert names(everybody(clinician, NOW)) == ["P0", "P1", "P2", "P3", "P4"]


def test_the_same_name_again_takes_the_place_of_the_view(clinician):
    workspace.save_view(clinician, "Runners", "phase=rest", NOW)
    workspace.save_view(clinician, "Runners", "phase=prevention", NOW)
    assert SavedView.objects.get().query == "phase=prevention"


def test_too_many_views_are_refused_in_a_sentence(clinician, monkeypatch):
    monkeypatch.setattr(workspace, "MOST_VIEWS", 1)
    workspace.save_view(clinician, "One", "", NOW)
    with pytest.raises(Refused, match="You keep 1 views already"):
        workspace.save_view(clinician, "Two", "", NOW)
