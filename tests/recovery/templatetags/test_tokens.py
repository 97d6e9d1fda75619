"""Colours can be read: every pair of text and ground reaches 7 to 1, every edge of a control 3 to 1, in both themes."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

SOURCE = Path(finders.find("recovery/css/tokens.css")).read_text()
PAIRS = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", SOURCE)
TOKENS = {name: (light, dark) for name, light, dark in PAIRS}
THEMES = {"light": 0, "dark": 1}
TEXT = [
    *[("ink", ground) for ground in ("paper", "surface", "sunken")],
    *[("ink-soft", ground) for ground in ("paper", "surface", "sunken")],
    *[(ink, f"{hue}-tint") for hue in ("spruce", "amber", "blue", "clay", "red") for ink in ("ink", "ink-soft", hue)],
    ("spruce", "surface"),
    ("spruce", "paper"),
    ("on-spruce", "spruce"),
    ("clay", "surface"),
]
EDGES = [("edge", "paper"), ("edge", "surface"), ("clay-line", "surface"), ("focus", "paper"), ("focus", "surface")]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other, theme):
    light, dark = sorted((luminance(TOKENS[name][THEMES[theme]]) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink, ground, theme):
    assert contrast(ink, ground, theme) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(edge, ground, theme):
    assert contrast(edge, ground, theme) >= 3
