"""Nested error lists become one flat map from JSON path to sentences."""

import pytest

from recovery.api.field_map import field_map, sentence_of


@pytest.mark.parametrize(
    ("detail", "flat"),
    [
        ({"average": ["Too high."]}, {"average": ["Too high."]}),
        ({"session": {"pain": ["Too high."]}}, {"session.pain": ["Too high."]}),
        ({"red_flags": {1: ["Unknown."]}}, {"red_flags.1": ["Unknown."]}),
        ({"weekdays": [{}, {"day": ["Unknown."]}]}, {"weekdays.day": ["Unknown."]}),
        ({"session": {"non_field_errors": ["No object."]}}, {"session": ["No object."]}),
        ({"non_field_errors": ["No object."]}, {"body": ["No object."]}),
        (["No object.", "No list."], {"body": ["No object.", "No list."]}),
    ],
)
def test_a_path_names_the_place(detail, flat):
    assert field_map(detail, "body") == flat


@pytest.mark.parametrize("remark", ["must be a day", "must be a day."])
def test_a_remark_of_the_rules_becomes_a_sentence(remark):
    assert sentence_of(remark) == "Must be a day."
