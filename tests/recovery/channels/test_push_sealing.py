"""A push is sealed as RFC 8291 says, and opens for its phone alone."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from recovery.channels.push_sealing import CURVE, _seal, check_keys, decode, encode, seal

from .phone import Phone

# RFC 8291, appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
    "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_byte_for_byte():
    ours = ec.derive_private_key(int.from_bytes(decode(OURS), "big"), CURVE)
    assert encode(_seal(TEXT, KEY, SECRET, ours, decode("DGv6ra1nlYgDCS1FRnbzlw"))) == SEALED


def test_a_push_opens_for_its_phone_and_for_no_other():
    phone, other = Phone(), Phone()
    sealed = seal(TEXT, phone.key, phone.secret)
    assert phone.open(sealed) == TEXT and sealed != seal(TEXT, phone.key, phone.secret)
    with pytest.raises(InvalidTag):
        other.open(sealed)


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("", SECRET),
        ("not base64!", SECRET),
        (encode(b"\x04" + b"\x01" * 64), SECRET),  # no point of the curve
        (KEY[:-2], SECRET),
        (KEY, ""),
        (KEY, encode(b"short")),
        (KEY, "\N{SNOWMAN}"),
    ],
)
def test_keys_that_are_none_are_refused(key, secret):
    with pytest.raises(ValueError):
        check_keys(key, secret)
