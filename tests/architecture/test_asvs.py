"""The table of docs/asvs.md: every requirement once, each kept by a test that exists or by a reason."""

import re
from collections import Counter
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = ROOT / "docs" / "asvs.md"
# How many requirements of levels 1 and 2 each chapter of version 5.0.0 has.
IN_CHAPTER = {
    "V1": 27,
    "V2": 11,
    "V3": 19,
    "V4": 10,
    "V5": 9,
    "V6": 35,
    "V7": 18,
    "V8": 7,
    "V9": 7,
    "V10": 29,
    "V11": 14,
    "V12": 9,
    "V13": 13,
    "V14": 9,
    "V15": 13,
    "V16": 16,
    "V17": 7,
}
# What the tests of security themselves are named by: SECURITY.md and this page.
NAMED = re.compile(r"`(tests/[\w/]+\.py)`")


def rows() -> list[list[str]]:
    """Requirements, kept or not, how, test."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| V")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_requirement_of_both_levels_stands_there_once():
    found = [number for ids, *_ in rows() for number in ids.split()]
    assert len(found) == len(set(found)) == sum(IN_CHAPTER.values())
    assert Counter(number.partition(".")[0] for number in found) == IN_CHAPTER


def test_each_is_kept_by_a_test_or_a_reason_and_the_figures_are_right():
    states = Counter()
    for ids, state, how, _ in rows():
        assert state in ("yes", "partly", "n/a") and how, ids
        states[state] += len(ids.split())
    page = PAGE.read_text()
    for words in (f"**{states['yes']}** are kept", f"**{states['partly']}** in part", f"**{states['n/a']}** speak"):
        assert words in page


def test_most_of_what_concerns_us_has_a_test():
    concerned = [(ids, test) for ids, state, _, test in rows() if state != "n/a"]
    tested = sum(len(ids.split()) for ids, test in concerned if test)
    assert tested >= 0.7 * sum(len(ids.split()) for ids, _ in concerned)


def test_every_test_that_is_named_exists_and_tests_something():
    named = set(NAMED.findall(PAGE.read_text() + (ROOT / "SECURITY.md").read_text()))
    lacking = [path for path in named if not (ROOT / path).exists() or "def test_" not in (ROOT / path).read_text()]
    assert len(named) > 40 and lacking == []
