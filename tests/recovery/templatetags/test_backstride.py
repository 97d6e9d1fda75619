"""Icons, states, tabs, notes and doses."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory

from recovery.templatetags.backstride import KIND_OF_OUTCOME, SPRITE, kind, kind_icon

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OUTCOMES = sorted(KIND_OF_OUTCOME)
THE_CONTRACT_S = {
    "advance",
    "hold",
    "step_back",
    "level_up",
    "level_down",
    "stop",
    "stopped",
    "reintake",
    "no_check_in",
}


def render(source, **context):
    return Template("{% load backstride %}" + source).render(Context(context)).strip()


def symbols():
    return set(re.findall(r'<symbol id="i-([a-z]+)"', Path(finders.find(SPRITE)).read_text()))


def test_an_icon_is_decorative_and_comes_from_the_sprite():
    html = render('{% icon "check" "seal" %}')
    assert html.startswith('<svg class="icon seal" aria-hidden="true"><use href="/static/recovery/icons/sprite')
    assert "#i-check" in html


def test_every_icon_named_in_a_template_is_in_the_sprite():
    used = {
        name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'{%\s*icon "([a-z]+)"', path.read_text())
    }
    assert used and used <= symbols()


def test_every_outcome_has_a_kind_with_an_icon_in_the_sprite():
    assert set(OUTCOMES) >= THE_CONTRACT_S
    assert {kind_icon(kind(outcome)) for outcome in OUTCOMES} <= symbols()


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_has_a_word_beside_its_shape(outcome):
    html = render("{% outcome_tag outcome %}", outcome=outcome)
    assert "<svg" in html and re.sub(r"<[^>]+>", "", html).strip()


def test_only_warning_signs_are_red():
    assert {outcome for outcome in OUTCOMES if kind(outcome) == "stop"} == {"stop", "stopped"}


def test_a_clinician_reads_hold_where_the_patient_reads_stay():
    assert "Stay here" in render('{% outcome_tag "hold" %}')
    assert "Hold" in render('{% outcome_tag "hold" "clinic" %}')


def test_a_tag_escapes_what_people_wrote():
    assert "&lt;b&gt;" in render("{% tag text %}", text="<b>")


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("rest", 1),
        ("heat_cold", 2),
        ("gentle_stretching", 3),
        ("low_impact", 4),
        ("return_to_running", 5),
        ("prevention", 6),
    ],
)
@pytest.mark.parametrize("short", [True, False])
def test_a_phase_has_the_same_name_by_key_and_by_number(key, number, short):
    by_key = render("{% phase_name phase short %}", phase=key, short=short)
    assert by_key and by_key == render("{% phase_name phase short %}", phase=number, short=short)


def test_a_note_keeps_its_markup_and_escapes_values():
    html = render('{% note "hold" "hold" %}<strong>{{ word }}</strong>{% endnote %}', word="<i>")
    assert 'class="note is-hold"' in html and "<strong>&lt;i&gt;</strong>" in html


def request_at(view_name):
    request = RequestFactory().get("/")
    request.resolver_match = SimpleNamespace(view_name=view_name)
    return request


def test_the_marked_tab_follows_the_page():
    assert render("{% current_tab %}", request=request_at("patient:article")) == "learn"


def test_a_view_may_name_the_tab_itself():
    assert render("{% current_tab %}", request=request_at("patient:article"), tab="today") == "today"


def test_a_page_of_no_tab_marks_none():
    assert render("{% current_tab %}") == ""


@pytest.mark.parametrize(
    ("dose", "sides", "words"),
    [
        ({"sets": 3, "hold_seconds": 20}, "both", "3 sets of 20 s, each side"),
        ({"sets": 1, "repeats": 8}, "none", "1 set of 8"),
        ({"sets": 2, "repeats": 6, "hold_seconds": 5}, "alternate", "2 sets of 6, 5 s hold, sides in turn"),
        ({"minutes_low": 10, "minutes_high": 15}, "none", "10 to 15 min"),
        ({"minutes_low": 20, "minutes_high": 20}, "none", "20 min"),
        ({"minutes_low": 15, "times_per_day_low": 1, "times_per_day_high": 3}, "none", "15 min, 1 to 3 times a day"),
        ({"repeats": 10, "times_per_day_low": 2, "times_per_day_high": 2}, "none", "10 times, 2 times a day"),
        ({"minutes_low": 20, "times_per_day_low": 1, "times_per_day_high": 1}, "none", "20 min"),
        ({}, "none", ""),
    ],
)
def test_a_dose_reads_as_one_line(dose, sides, words):
    assert render("{% dose_text dose sides %}", dose=dose, sides=sides) == words
