"""The exercise library of a draft: searched, drawn, translated; and the week, the order, the reading of a phase."""

import pytest
from django.template import Context, Template
from django.utils import translation

from recovery.content.articles import articles_for
from recovery.models import PlanVersion
from recovery.services import plans
from recovery.services.plan_documents import document_of
from recovery.services.refusals import Refused
from recovery.web.patient.presenters.activities_page import activities_page
from recovery.web.patient.presenters.exercise import exercise_page
from tests.factories import DAY_1, at, open_episode

from .conftest import signed_in
from .pages import address, fields, send

pytestmark = pytest.mark.django_db
PHASE = address("phase", "low_impact")
WEEK = address("week", "low_impact")


def stored(draft) -> dict:
    draft.refresh_from_db()
    return document_of(draft)


def words(page) -> str:
    return " ".join(page.content.decode().split())


def codes(draft, phase="low_impact") -> list[str]:
    return [item["exercise"] for item in stored(draft)["prescriptions"][phase]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "dead bug"}, {"EX28"}),
        ({"q": "chair", "kind": "position"}, {"EX01"}),
        ({"q": "mídwife legs-on-chair"}, {"EX01"}),
        ({"kind": "cold"}, {"EX06"}),
        ({"q": "trampoline"}, set()),
    ],
    ids=str,
)
def test_it_is_searched_by_words_and_kind(draft, browser, asked, found):
    page = browser.get(address("exercises"), asked)
    assert {entry.exercise["code"] for entry in page.context["library"]} == found
    assert ("Nothing found" in words(page)) == (not found)


def test_an_entry_shows_drawing_cues_cautions_needs_and_where_it_is_used(draft, browser):
    said = words(browser.get(address("exercises"), {"q": "EX01"}))
    assert "ex01.svg#ex01" in said and "Calves heavy on the seat" in said and "chair, mat" in said
    assert "Ask your midwife or doctor first" in said and "/draft/phases/rest/#EX01" in said
    assert "Not yet in" not in said
    draft.extras["translations"]["es"].pop("EX01")
    draft.save()
    said = words(browser.get(address("exercises"), {"q": "EX01"}))
    assert "Not yet in" in said and "Spanish" in said


def test_an_exercise_without_a_drawing_gets_a_plain_sign_on_every_page():
    drawn = Template("{% load drawings %}{% exercise_figure code %}")
    assert "ex02.svg#ex02" in drawn.render(Context({"code": "EX02"}))
    assert "sprite.svg#i-stretch" in drawn.render(Context({"code": "EX50"}))


def test_a_translation_is_kept_with_the_plan_and_seen_among_the_changes(draft, browser):
    path = "translations-es-EX28"
    del draft.extras["translations"]
    draft.save()
    send(browser, address("exercise", "EX28"), **{f"{path}-name": "Bicho vivo", f"{path}-cues": "Costillas abajo"})
    assert stored(draft)["translations"] == {"es": {"EX28": {"name": "Bicho vivo", "cues": ["Costillas abajo"]}}}
    assert "Bicho vivo" in words(browser.get(address("draft")))
    send(browser, address("exercise", "EX28"), **{f"{path}-name": "", f"{path}-cues": ""})
    assert "translations" not in stored(draft)


def test_a_patient_reads_an_exercise_in_their_own_language(plan):
    episode = open_episode(average=3, worst=4)
    episode.plan_version.extras["translations"] = {"es": {"EX14": {"name": "Isquiotibiales", "cues": ["Despacio"]}}}
    with translation.override("es"):
        page = exercise_page(episode, "EX14", DAY_1)
        listed = [each.name for each in activities_page(episode, DAY_1).focus]
    assert (page.exercise.name, page.exercise.cues) == ("Isquiotibiales", ["Despacio"])
    assert page.exercise.how == exercise_page(episode, "EX14", DAY_1).exercise.how
    assert exercise_page(episode, "EX14", DAY_1).exercise.name != "Isquiotibiales"
    assert listed and "Isquiotibiales" not in [each.name for each in activities_page(episode, DAY_1).focus]


@pytest.mark.parametrize(
    ("translations", "sentence"),
    [
        ({"es": {"EX99": {"name": "x"}}}, "EX99"),
        ({"es": {"EX28": {"dose": "x"}}}, "must be one of name, how, cues"),
        ({"es": {"EX28": {"cues": "x"}}}, "must be a list"),
        ({"es": ["EX28"]}, "must be names with values"),
        (["es"], "must be names with values"),
    ],
)
def test_a_translation_of_nothing_is_refused(draft, translations, sentence):
    with pytest.raises(Refused, match=sentence):
        plans.check(document_of(draft) | {"translations": translations})


def test_the_week_of_a_phase_is_edited_in_one_table(draft, browser):
    assert send(browser, WEEK).status_code == 302
    name = "prescriptions-low_impact-EX22-days"
    before = stored(draft)
    assert fields(browser, WEEK)[name] == ["mon", "thu", "sat"]
    send(browser, WEEK, **{name: ["tue", "sun"]})
    after = stored(draft)
    changed = next(item for item in after["prescriptions"]["low_impact"] if item["exercise"] == "EX22")
    assert changed["days"] == ["tue", "sun"]
    changed["days"] = ["mon", "thu", "sat"]
    assert after == before
    refused = send(browser, WEEK, **{name: []})
    assert refused.status_code == 400 and "Choose at least one day." in words(refused)


def test_exercises_dragged_into_another_order_are_saved_with_the_page(draft, browser):
    before = codes(draft)
    wanted = [*reversed(before)]
    send(browser, PHASE, order=" ".join(wanted))
    assert codes(draft) == wanted


@pytest.mark.parametrize("order", ["", "EX22", "EX22 EX22 EX28", "nonsense"])
def test_an_order_that_is_not_of_these_exercises_is_left_alone(draft, browser, order):
    before = codes(draft)
    assert send(browser, PHASE, order=order).status_code == 302
    assert codes(draft) == before


def test_after_a_move_the_page_opens_at_the_exercise(draft, browser):
    assert send(browser, PHASE, act="down:EX22").url.endswith("#EX22")


def test_a_run_level_is_added_and_taken_away(draft, browser):
    page = address("levels")
    assert "Add a level" not in words(browser.get(page))
    send(browser, page, act="drop")
    assert [level["key"] for level in stored(draft)["run_levels"]][-1] == "R9"
    send(browser, page, act="add")
    levels = stored(draft)["run_levels"]
    assert levels[-1]["key"] == "R10" and levels[-1]["sets"] == levels[-2]["sets"]


def test_a_level_that_people_begin_with_is_not_taken_away(draft, browser):
    document = stored(draft)
    plans.edit(draft.pk, document | {"run_levels": document["run_levels"][:3]}, draft.revision, None, at(DAY_1))
    page = send(browser, address("levels"), act="drop")
    assert page.status_code == 400 and len(stored(draft)["run_levels"]) == 3


def test_the_reading_of_a_phase_is_chosen_and_met_by_its_patients(draft, browser):
    name = "phases-rest-articles"
    page = address("phase", "rest")
    usual = [each.slug for each in articles_for("rest")]
    assert fields(browser, page)[name] == usual
    send(browser, page, **{name: ["slipped-vertebra"]})
    assert stored(draft)["phases"][0]["articles"] == ["slipped-vertebra"]
    assert "slipped-vertebra" in words(browser.get(address("draft")))
    plans.publish(draft.pk, PlanVersion.objects.drafts().get().revision, None, at(DAY_1))
    episode = open_episode(average=7, worst=8)
    assert episode.phase == "rest"
    learn = signed_in(episode.patient).get("/learn/")
    assert "slipped-vertebra" in [each.slug for each in (learn.context["page"].feature, *learn.context["page"].for_now)]


def test_the_articles_own_choice_is_no_choice_of_the_plan(draft, browser):
    name, page = "phases-rest-articles", address("phase", "rest")
    send(browser, page, **{name: ["slipped-vertebra"]})
    send(browser, page, **{name: [each.slug for each in articles_for("rest")]})
    assert "articles" not in stored(draft)["phases"][0]
    with pytest.raises(Refused, match="no article called nowhere"):
        document = stored(draft)
        document["phases"][0]["articles"] = ["nowhere"]
        plans.check(document)


def test_the_phone_follows_what_is_typed_and_saves_nothing(draft, browser):
    preview, before = address("preview", "low_impact"), stored(draft)
    known = fields(browser, PHASE)
    typed = known | {"phases-low_impact-goal": "Build without impact.", "preview_day": "tue"}
    part = browser.post(preview, typed, headers={"hx-request": "true"})
    assert part.status_code == 200 and "<main" not in words(part) and "Build without impact." in words(part)
    assert "Dead bug" in words(part) and "Brisk walk" not in words(part).partition("If you like")[0]
    broken = browser.post(preview, typed | {"phases-low_impact-title": ""}, headers={"hx-request": "true"})
    assert broken.status_code == 200 and "Build without impact." not in words(broken)
    assert stored(draft) == before


def test_without_scripts_the_phone_is_a_page_with_each_day(draft, browser):
    page = words(browser.get(address("preview", "return_to_running"), {"preview_day": "mon"}))
    assert "Run level R1" in page and "preview_day=sun" in page
    assert address("preview", "low_impact") in words(browser.get(PHASE))
    assert browser.get(address("preview", "sprinting")).status_code == 404
    assert browser.get(address("preview", "rest"), {"preview_day": "someday"}).status_code == 200
