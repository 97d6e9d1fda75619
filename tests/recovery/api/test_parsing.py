"""A body is read strictly and never further than its limit."""

import io

import pytest
from rest_framework.exceptions import ValidationError

from recovery.api.errors import BodyTooLarge, BrokenBody
from recovery.api.parsing import DEEPEST, LONGEST_BODY, StrictJSON


def read(body: bytes):
    return StrictJSON().parse(io.BytesIO(body))


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_plain_json_is_read_as_it_is():
    assert read('{"a": [1, true, null, "é😀"]}'.encode()) == {"a": [1, True, None, "é😀"]}


def test_a_body_of_exactly_the_limit_is_read():
    assert read(b"1" + b" " * (LONGEST_BODY - 1)) == 1
    with pytest.raises(BodyTooLarge):
        read(b"1" + b" " * LONGEST_BODY)


def test_nesting_has_an_end():
    assert read(nested(DEEPEST)) is not None
    for depth in (DEEPEST + 2, 900, 100_000):
        with pytest.raises(BrokenBody):
            read(nested(depth))


@pytest.mark.parametrize("body", [b"", b"{", b"{'a': 1}", b"NaN", b"-Infinity", b"\xff", b"\xef\xbb\xbf1", b"9" * 5000])
def test_what_is_not_strict_json_is_broken(body):
    with pytest.raises(BrokenBody):
        read(body)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (rb'{"a": "x\u0000"}', "a"),
        (rb'{"a": {"b": ["", "\ud800"]}}', "a.b.1"),
        (rb'{"a\u0000": 1}', "body"),
        (rb'"\udfff"', "body"),
    ],
)
def test_a_text_no_database_can_keep_is_named_by_its_place(body, path):
    with pytest.raises(ValidationError) as refusal:
        read(body)
    assert list(refusal.value.detail) == [path]


def test_a_pair_of_surrogates_is_one_character():
    assert read(rb'"\ud83d\ude00"') == "😀"
