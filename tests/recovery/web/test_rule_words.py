"""What the words for a finding say, on every day of every worked case."""

import re
from types import SimpleNamespace

import pytest
import yaml

from recovery.rules.plan import parse_plan
from recovery.rules.replay import replay
from recovery.web import rule_words
from recovery.web.patient.presenters.criteria import lines_of
from tests.lives import PLAN_FILE
from tests.rules.notation import case
from tests.rules.vignettes import VIGNETTES

# a figure that is missing leaves one of these behind
HOLE = re.compile(r"\bNone\b(?! above)|: [).;]|\( |\s{2}|\s[,.;]|{{|}}|\bor less[a-z]|^or ")
PLAN = parse_plan(yaml.safe_load(PLAN_FILE.read_text(encoding="utf-8")))


def findings_of(vignette):
    for day in replay(case(vignette.start, vignette.history), PLAN):
        for finding in day["findings"]:
            yield day, SimpleNamespace(**finding)


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.id)
def test_no_sentence_of_a_worked_case_has_a_hole_in_it(vignette):
    for _, finding in findings_of(vignette):
        for part in ("title", "patient", "clinician"):
            words = rule_words.of_finding(finding, part)
            assert words, (finding.rule, part)
            assert not HOLE.search(words), (finding.rule, part, words)


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.id)
def test_what_decided_a_worked_case_has_a_headline(vignette):
    for _, finding in findings_of(vignette):
        if finding.verdict == "decides":
            assert rule_words.of_finding(finding, "headline").endswith(".")


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.id)
def test_a_hold_shows_something_that_is_not_met(vignette):
    last = replay(case(vignette.start, vignette.history), PLAN)[-1]
    lines = lines_of([SimpleNamespace(**finding) for finding in last["findings"]], last["outcome"])
    states = {line.state for line in lines}
    if last["outcome"] == "hold" and last["phase"] != "prevention":
        assert "unmet" in states
    if last["outcome"] in ("step_back", "level_down"):
        assert "worse" in states


@pytest.mark.parametrize(
    ("rule", "figures", "limits", "part", "words"),
    [
        ("spike", {"average": 7, "usual": 3}, {"spike_delta": 2, "spike_min": 4}, "score", "7, was 3"),
        ("advance_pain", {"average": 4}, {"average": 5}, "title", "Average pain 5 or less today"),
        ("minimum_days", {"day": 3, "full_days": 2, "needed": 7, "baseline": 5}, {"days": 7}, "score", "2 of 7"),
        ("minimum_days", {"day": 9, "full_days": 8, "needed": 7, "baseline": 5}, {"days": 7}, "score", "8 days"),
        ("level_sessions", {"green": 1, "grades": ["green"]}, {"green": 2}, "score", "1 of 2"),
        ("new_episode", {"onset_on": "2026-03-05"}, {}, "score", "Thu 5 Mar"),
        ("E2", {"days": 30, "recent": 4, "improvement": 0.2}, {}, "clinician", "improvement 20 %"),
    ],
)
def test_figures_and_limits_stand_in_the_words(rule, figures, limits, part, words):
    finding = SimpleNamespace(rule=rule, figures=figures, limits=limits)
    assert words in rule_words.of_finding(finding, part)
