"""Whatever is posted as a check-in, the answer is ours and a refusal writes nothing."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recovery.models import CheckIn, Decision, Finding
from tests.factories import DAY_1

from .asking import check_in_body

KEY = UUID("6f1c8a52-33f4-4d0e-9a3c-0f3b1c0d2e11")
TABLES = (CheckIn, Decision, Finding)

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(), max_size=20)
anything = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
points = st.integers(-1, 11)
nearly_right = st.fixed_dictionaries(
    {},
    optional={
        "average": points,
        "worst": points,
        "morning": points | anything,
        "function": points,
        "day": st.integers(-2, 2).map(lambda days: str(DAY_1 + timedelta(days=days))),
        "made_at": st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
        "time_zone": st.sampled_from(["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Nowhere"]),
        "session": st.fixed_dictionaries(
            {"status": st.sampled_from(["none", "done", "part", "skipped"]) | anything},
            optional={"pain": points | st.none(), "stopped": st.booleans() | anything, "brisk_walk": st.booleans()},
        ),
        "red_flags": st.lists(st.sampled_from(["RF01", "RF21", "CA4", "RF99"]), max_size=4) | anything,
        "medicine": st.sampled_from(["none", "otc", "prescribed"]) | anything,
        "confidence": points | st.none(),
    },
)
changes = nearly_right | st.dictionaries(
    st.sampled_from(sorted(check_in_body(DAY_1, KEY))) | texts, anything, max_size=4
)


def counted() -> list[int]:
    return [table.objects.count() for table in TABLES]


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=changes)
def test_a_check_in_is_taken_or_refused_and_a_refusal_writes_nothing(phone, changes):
    before = counted()
    with transaction.atomic():
        answer = phone.ask("POST", "check-ins/", {**check_in_body(DAY_1, KEY), **changes})
        written = counted() != before
        transaction.set_rollback(True)  # the day is free again for the next example
    assert (answer.status_code, written) in [(201, True), (400, False)], answer.content
    assert answer.status_code == 201 or answer.json()["fields"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.binary(max_size=200) | anything.map(lambda value: repr(value).encode("utf-8", "surrogatepass")))
def test_bytes_of_any_kind_are_refused_politely(phone, sent):
    before = counted()
    assert phone.ask("POST", "check-ins/", sent).status_code in (400, 415)
    assert counted() == before
