"""My list, saved views and the list as a file."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from recovery.models import SavedView
from tests import factories as make

PANEL = reverse("clinic:panel")


def save(door, name, query=""):
    return door.post(reverse("clinic:save_view"), {"name": name, "query": query})


def rows(door, query=""):
    text = b"".join(door.get(reverse("clinic:panel_csv") + query).streaming_content).decode()
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_a_saved_view_narrows_again_and_never_keeps_the_name_searched_for(door, episode):
    assert save(door, "Runners", "q=Marek&phase=rest&who=mine&page=4").url == f"{PANEL}?phase=rest&who=mine"
    assert SavedView.objects.get().query == "phase=rest&who=mine"
    assert "Runners" in door.get(PANEL).text


@pytest.mark.parametrize(("name", "sentence"), [("", "Give the view a name"), ("x" * 41, "at most 40 characters")])
def test_a_view_without_a_good_name_is_refused_in_a_sentence(door, episode, name, sentence):
    save(door, name)
    assert sentence in door.get(PANEL).text
    assert not SavedView.objects.exists()


def test_a_colleague_neither_sees_nor_removes_my_view(door, episode, client, colleague):
    save(door, "Runners")
    client.force_login(colleague)
    assert "Runners" not in client.get(PANEL).text
    assert client.post(reverse("clinic:forget_view", args=[SavedView.objects.get().pk])).status_code == 404
    assert SavedView.objects.exists()


def test_i_remove_my_own_view(door, episode):
    save(door, "Runners")
    door.post(reverse("clinic:forget_view", args=[SavedView.objects.get().pk]))
    assert not SavedView.objects.exists()


def test_a_patient_on_my_list_is_found_there_and_named_on_their_page(door, episode, patient):
    assert "Nobody like that" in door.get(PANEL + "?who=mine").text
    door.post(reverse("clinic:care", args=[episode.pk]), {"wish": "take"})
    assert patient.display_name in door.get(PANEL + "?who=mine").text
    assert "Take off my list" in door.get(reverse("clinic:patient", args=[episode.pk])).text
    door.post(reverse("clinic:care", args=[episode.pk]), {"wish": "leave"})
    assert "Nobody like that" in door.get(PANEL + "?who=mine").text


def test_the_file_holds_one_line_for_each_person_with_the_reason_in_words(door, patient, episode):
    make.check_in(patient, make.DAY_1, average=4, red_flags=("RF01",))
    (line,) = rows(door)[1:]
    assert line[0] == patient.display_name
    assert line[1] == "Warning sign"
    assert line[2].startswith("Saddle numbness")
    assert line[-1] == "4"


def test_the_file_is_narrowed_like_the_page(door, episode):
    assert len(rows(door, "?group=warning_sign")) == 1
    assert len(rows(door, "?group=nonsense")) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_name_that_is_a_formula_is_text_in_a_spreadsheet(door, patient, episode, start):
    patient.display_name = f'{start}HYPERLINK("http://x")'
    patient.save()
    assert rows(door)[1][0] == f"'{patient.display_name}"


def test_the_file_holds_nobody_of_another_clinic(client, episode):
    client.force_login(make.make_clinician(make.make_clinic("Mill Lane")))
    assert len(rows(client)) == 1


def test_the_list_refreshes_itself_narrowed_as_it_is(door, episode):
    text = door.get(PANEL + "?phase=rest&who=mine").text
    assert 'hx-get="/clinic/?phase=rest&amp;who=mine"' in text
    assert 'hx-select="#people"' in text


def test_people_keep_their_id_so_that_focus_survives_a_refresh(door, episode):
    assert f'id="person-{episode.pk}"' in door.get(PANEL).text
