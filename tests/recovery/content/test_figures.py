"""One drawing for each exercise, in the house's one way of drawing."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.lives import shipped_document

FIGURES = Path(__file__).parents[3] / "recovery" / "static" / "recovery" / "figures"
CODES = [f"ex{number:02}" for number in range(1, 50)]
SVG = "{http://www.w3.org/2000/svg}"


def figure(code):
    return ElementTree.fromstring((FIGURES / f"{code}.svg").read_text(encoding="utf-8"))


def test_there_is_one_drawing_for_each_exercise_and_no_other():
    assert sorted(path.stem for path in FIGURES.iterdir()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_drawing_keeps_to_the_grid_and_takes_its_colour_from_the_page(code):
    root = figure(code)
    assert (root.get("id"), root.get("viewBox"), root.get("stroke")) == (code, "0 0 96 72", "currentColor")
    assert root.get("stroke-width") == "3.5"
    assert {node.get("fill") for node in root.iter() if node is not root} <= {None, "currentColor"}


@pytest.mark.parametrize("code", CODES)
def test_a_drawing_shows_a_person_with_a_filled_head(code):
    assert [node for node in figure(code).iter(f"{SVG}circle") if node.get("class") == "solid"]


@pytest.mark.parametrize("code", CODES)
def test_a_drawing_passes_a_strict_content_policy(code):
    text = (FIGURES / f"{code}.svg").read_text(encoding="utf-8")
    assert not re.search(r"style=|<style|<script|\son\w+=|href|data:", text)
    assert len(text) < 2000


def test_every_exercise_of_the_plan_has_its_drawing():
    assert {each["code"].lower() for each in shipped_document()["exercises"]} == set(CODES)
