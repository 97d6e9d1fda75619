"""Drawings on the page."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from recovery.web.drawing.chart import ChartDay

DAYS = [
    ChartDay(
        date(2026, 3, 1) + timedelta(days=i),
        average=None if i == 4 else 7 - i // 3,
        worst=None if i == 4 else 8 - i // 3,
        morning=None if i == 4 else 5,
        phase_index=1 + i // 6,
        outcome="no_check_in" if i == 4 else "advance" if i and i % 6 == 0 else "hold",
        session=["done", "part", "skipped", None][i % 4],
    )
    for i in range(14)
]
DRAWINGS = {
    "trail": '{% trail 4 move="advance" %}',
    "chart for phones": "{% pain_chart days goal=1 %}",
    "chart for work": '{% pain_chart days variant="work" %}',
    "spark": "{% spark values %}",
    "terrain": "{% terrain sets %}",
}
CONTEXT = {
    "days": DAYS,
    "values": [day.average for day in DAYS],
    "sets": [{"walk_minutes": 3, "run_minutes": 2, "repeats": 6}],
    "phases": [{"title": "Rest", "text": "One & two"}, {"title": "Warmth"}],
}


def render(source):
    return Template("{% load backstride %}" + source).render(Context(CONTEXT))


def svg_of(html):
    return ElementTree.fromstring(re.search(r"<svg.*?</svg>", html, re.S)[0])


@pytest.mark.parametrize("source", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_is_one_picture_with_a_name(source):
    svg = svg_of(render(source))
    assert svg.get("role") == "img"
    named_by = svg.get("aria-labelledby", "").split()
    assert svg.get("aria-label") or {part.get("id") for part in svg} >= set(named_by) > set()


@pytest.mark.parametrize("source", [*DRAWINGS.values(), "{% pebbles 3 %}", "{% road phases 1 %}"])
def test_a_drawing_has_no_style_of_its_own(source):
    assert "style=" not in render(source)


@pytest.mark.parametrize("source", [*DRAWINGS.values(), "{% pebbles 3 %}"])
def test_numbers_keep_their_point_in_every_language(source):
    with translation.override("de"):
        svg = svg_of(render(source))
    for part in svg.iter():
        for name in ("x", "y", "cx", "cy", "r", "width", "height"):
            assert "," not in part.get(name, "")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% trail 2 %}", "you are at waypoint 2 of 5"),
        ('{% trail 4 move="advance" %}', "moving on from waypoint 4 to waypoint 5"),
        ('{% trail 4 move="step_back" to_index=3 %}', "stepping back from waypoint 4 to waypoint 3"),
        ('{% trail 3 move="hold" %}', "staying at waypoint 3 of 5"),
        ("{% trail 6 %}", "all five waypoints behind you"),
    ],
)
def test_the_trail_says_what_it_shows(source, words):
    assert words in render(source)


def test_a_chart_says_its_finding_in_a_sentence():
    html = render("{% pain_chart days %}")
    assert "Average pain went down from 7 to 3." in html and "13 of 14 days have a check-in." in html


def test_a_finding_of_the_page_replaces_the_chart_s_own():
    html = render('{% pain_chart days finding="One flare." %}')
    assert "One flare." in html and "went down" not in html


def test_a_chart_carries_its_numbers_in_a_table():
    rows = re.findall(r'<tr><th scope="row".*?</tr>', render("{% pain_chart days %}"), re.S)
    assert len(rows) == len(DAYS)
    assert "No check-in" in rows[4] and '<td class="n">–</td>' in rows[4]


def test_two_charts_on_a_page_keep_their_names_apart():
    html = render('{% pain_chart days chart_id="a" %}{% pain_chart days chart_id="b" %}')
    names = re.findall(r' id="([^"]+)"', html)
    assert len(names) == len(set(names))


def test_the_wide_chart_can_be_scrolled_with_the_keyboard():
    assert 'tabindex="0" role="region"' in render('{% pain_chart days variant="work" %}')


def test_the_road_marks_where_the_person_is_and_escapes_its_words():
    html = render("{% road phases 1 %}")
    assert 'class="here" aria-current="step"' in html
    assert "You are here." in html and "One &amp; two" in html


def test_a_spark_of_silence_says_so():
    html = Template("{% load backstride %}{% spark values %}").render(Context({"values": [3, None, None, None]}))
    assert "last 3, silent since" in html
