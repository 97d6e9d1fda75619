"""Every rule, notice and warning sign has words for the patient and for the clinician."""

import re

import pytest
from django.template.loader import get_template

from recovery.rules.names import NOTICES, RULES
from recovery.rules.red_flags import TICKABLE
from recovery.web import rule_words


def blocks_of(name: str) -> set[str]:
    """The blocks a wording template fills."""
    source = get_template(f"recovery/rules/{name}.html").template.source
    return set(re.findall(r"{% block (\w+) %}(?!\s*{% endblock)", source))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_title_and_a_sentence_for_both_readers(rule):
    assert {"title", "patient", "clinician"} <= blocks_of(rule)


@pytest.mark.parametrize("code", NOTICES)
def test_a_notice_says_what_it_means_what_to_do_and_what_the_clinician_reads(code):
    assert {"title", "patient", "action", "clinician"} <= blocks_of(code)


@pytest.mark.parametrize("audience", ["patient", "clinician"])
@pytest.mark.parametrize("code", TICKABLE)
def test_a_warning_sign_has_words(code, audience):
    assert len(rule_words.of_flag(code, audience)) > 5


@pytest.mark.parametrize("code", TICKABLE)
def test_the_words_for_a_warning_sign_are_its_own(code):
    others = {rule_words.of_flag(other) for other in TICKABLE if other != code}
    assert rule_words.of_flag(code) not in others


@pytest.mark.parametrize("name", [*RULES, *NOTICES])
def test_no_wording_names_a_condition_or_promises_anything(name):
    patient_words = get_template(f"recovery/rules/{name}.html").template.source.split("block clinician")[0].lower()
    for word in ("cauda equina", "stenosis", "fracture", "hernia", "safe to run", "all clear", "heals", "cures"):
        assert word not in patient_words
