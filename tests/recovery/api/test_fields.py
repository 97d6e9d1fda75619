"""Values are taken as they are or not at all."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from rest_framework.exceptions import ValidationError

from recovery.api import fields

KEY = "6f1c8a52-33f4-4d0e-9a3c-0f3b1c0d2e11"

TAKEN = [
    (fields.Points(), 0, 0),
    (fields.Points(), 10, 10),
    (fields.Whole(min_value=1, max_value=3), 3, 3),
    (fields.YesNo(), False, False),
    (fields.OneOf(choices=("none", "otc")), "otc", "otc"),
    (fields.Text(), " walked ", "walked"),
    (fields.Key(), KEY.upper(), UUID(KEY)),
    (fields.Day(), "2026-02-28", date(2026, 2, 28)),
    (fields.Instant(), "2026-03-02T19:00:00Z", datetime(2026, 3, 2, 19, tzinfo=UTC)),
    (fields.Instant(), "2026-03-02T19:00+05:30", datetime(2026, 3, 2, 13, 30, tzinfo=UTC)),
    (fields.Instant(), "2026-03-02T19:00:00.123-04:00", datetime(2026, 3, 2, 23, 0, 0, 123000, tzinfo=UTC)),
    (fields.LocalTime(), "07:05", time(7, 5)),
    (fields.TimeZone(), "Pacific/Kiritimati", "Pacific/Kiritimati"),
]
REFUSED = [
    *((fields.Points(), value) for value in (-1, 11, 3.0, "3", True, None, [], 10**400)),
    *((fields.Whole(min_value=1, max_value=3), value) for value in (0, 4, "2", False, 2.0)),
    *((fields.YesNo(), value) for value in (0, 1, "true", "", None, [])),
    *((fields.OneOf(choices=("none", "otc")), value) for value in ("NONE", "", None, ["none"], 0)),
    *((fields.Text(), value) for value in (1, True, [], {}, "", "  ")),
    *((fields.Key(), value) for value in (KEY[:-1], KEY.replace("-", ""), f"urn:uuid:{KEY}", 1, "١" * 36)),
    *((fields.Day(), value) for value in ("2026-02-29", "2026-2-1", "1899-12-31", "2201-01-01", "٢٠٢٦-٠١-٠١", 0)),
    *((fields.Instant(), value) for value in ("2026-03-02T19:00:00", "2026-03-02T24:61:00Z", "now", 0, None)),
    *((fields.Instant(), value) for value in ("1899-12-31T23:00:00Z", "2026-03-02T19:00:00+99:00")),
    *((fields.LocalTime(), value) for value in ("24:00", "7:05", "07:05:00", "", 7)),
    *((fields.TimeZone(), value) for value in ("", "CEST+2", "../UTC", "Europe/amsterdam", 1)),
]


@pytest.mark.parametrize(("field", "given", "taken"), TAKEN)
def test_a_value_is_taken(field, given, taken):
    assert field.run_validation(given) == taken


@pytest.mark.parametrize(("field", "given"), REFUSED)
def test_a_value_is_refused_in_a_sentence(field, given):
    with pytest.raises(ValidationError) as refusal:
        field.run_validation(given)
    assert all(str(sentence).endswith(".") for sentence in refusal.value.detail)
