"""What cannot be used is named by its place, and nothing is written."""

from datetime import timedelta
from uuid import UUID

import pytest

from recovery.models import CheckIn, Decision
from tests.factories import DAY_1

from .asking import check_in_body, problem

KEY = UUID("6f1c8a52-33f4-4d0e-9a3c-0f3b1c0d2e11")


def body(**changes) -> dict:
    return {**check_in_body(DAY_1, KEY), **changes}


def session(**changes) -> dict:
    return {"status": "done", "pain": 2, "stopped": False, "brisk_walk": False, **changes}


SCORES = ("average", "worst", "morning", "function", "yesterday_morning", "confidence", "mood")
NO_SCORES = (11, -1, "abc", "3", 3.5, 3.0, True, [], {}, 10**30, -(10**30))

NEEDED = ("id", "made_at", "time_zone", "day", "average", "worst", "morning", "function", "session", "red_flags")

BAD = [
    *((name, {name: value}) for name in SCORES for value in NO_SCORES),
    *((name, {name: None}) for name in ("average", "worst", "morning", "function", "session", "red_flags")),
    *((name, {name: None}) for name in ("id", "day", "made_at", "time_zone", "medicine", "woken")),
    ("worst", {"average": 5, "worst": 4}),
    ("day", {"day": str(DAY_1 + timedelta(days=1))}),
    ("day", {"day": str(DAY_1 - timedelta(days=1))}),
    *(("day", {"day": value}) for value in ("", "2026-02-30", "20260302", "2026-W10-1", "0001-01-01", 20260302, [])),
    *(("made_at", {"made_at": value}) for value in ("", "2026-03-02T19:00:00", "2026-03-02", 1772478000, {})),
    *(("made_at", {"made_at": value}) for value in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")),
    *(("time_zone", {"time_zone": value}) for value in ("", "Mars/Base", "../../etc/passwd", "utc ", 1, "x" * 300)),
    *(("id", {"id": value}) for value in ("", "1", 1, "{" + str(KEY) + "}", str(KEY) + "0", [])),
    *(("session", {"session": value}) for value in ("done", [], 1)),
    ("session.status", {"session": session(status="almost")}),
    ("session.status", {"session": {}}),
    *(("session.pain", {"session": session(pain=value)}) for value in (11, -1, "2", 2.5, True, None)),
    ("session.pain", {"session": session(status="none")}),
    ("session.stopped", {"session": session(status="skipped", pain=None, stopped=True)}),
    ("session.brisk_walk", {"session": session(brisk_walk="yes")}),
    ("session.minutes", {"session": session(minutes=20)}),
    *(("medicine", {"medicine": value}) for value in ("aspirin", 1, [], {})),
    *(("woken", {"woken": value}) for value in ("true", 1, "yes", [])),
    *(("red_flags", {"red_flags": value}) for value in ("RF01", {}, 1, ["RF01", "RF01"])),
    ("red_flags.0", {"red_flags": ["RF99"]}),
    ("red_flags.1", {"red_flags": ["RF01", 3]}),
    ("patient", {"patient": "6f1c8a52-33f4-4d0e-9a3c-0f3b1c0d2e11"}),
    ("medicine", {"medicine": "no\x00ne"}),
    ("time_zone", {"time_zone": "\ud800"}),
]


@pytest.mark.parametrize("field", sorted({field for field, _ in BAD}))
def test_a_value_that_cannot_be_used_is_named_and_nothing_is_written(phone, field):
    for changes in (changes for name, changes in BAD if name == field):
        refusal = problem(phone.ask("POST", "check-ins/", body(**changes)), 400)
        assert field in refusal["fields"], (changes, refusal)
        assert all(sentence.endswith(".") for sentence in refusal["fields"][field]), refusal
    assert not CheckIn.objects.exists() and not Decision.objects.filter(check_in__isnull=False).exists()


def test_a_missing_answer_is_named(phone):
    for name in NEEDED:
        sent = body()
        del sent[name]
        assert list(problem(phone.ask("POST", "check-ins/", sent), 400)["fields"]) == [name]
    assert not CheckIn.objects.exists()


def test_every_fault_is_named_at_once(phone):
    refusal = problem(phone.ask("POST", "check-ins/", body(average=11, day="soon", session=session(pain=-1))), 400)
    assert set(refusal["fields"]) == {"average", "day", "session.pain"}


NO_CHECK_INS = [
    b"{",
    b"",
    b"[]",
    b"null",
    b"3",
    b'"text"',
    b"\xff\xfe",
    b'{"average": "\xff"}',
    b'{"average": NaN}',
    b'{"average": Infinity}',
    b'{"average": ' + b"9" * 5000 + b"}",
    b"[" * 100_000,
    b"[" * 500 + b"]" * 500,
    b'{"a":' * 50 + b"1" + b"}" * 50,
    b'{"average": "' + b"x" * 200_000 + b'"}',
    "{}".encode("utf-16"),
]


def test_a_body_that_is_no_check_in_is_refused_as_a_whole(phone):
    for sent in NO_CHECK_INS:
        assert problem(phone.ask("POST", "check-ins/", sent), 400)["fields"], sent[:50]
    assert not CheckIn.objects.exists()


def test_a_body_over_256_kb_is_refused_unread(phone):
    problem(phone.ask("POST", "check-ins/", b" " * (256 * 1024 + 1)), 413)


def test_a_body_longer_than_it_claims_is_cut_off_at_its_claim(phone):
    answer = phone.ask("POST", "check-ins/", b"{}" + b" " * 100, CONTENT_LENGTH="2")
    problem(answer, 400)


def test_anything_but_json_is_not_understood(phone):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense"):
        problem(phone.ask("POST", "check-ins/", b"average=3", content_type=kind), 415)


# Positions: abc, two NULs, an offset beyond all rows, nothing at all, an impossible day.
CURSORS = ("x", "cD1hYmM=", "cD0AAA==", "bz05OTk5OTk5OTk5OTk5OTk5", "r=1", "%00", "cD0yMDI2LTk5LTk5")


@pytest.mark.parametrize("noun", ["check-ins", "decisions", "episodes", "reminders", "messages", "plans"])
def test_a_cursor_nobody_handed_out_is_never_an_error_of_ours(phone, noun):
    for cursor in CURSORS:
        assert phone.ask("GET", f"{noun}/?cursor={cursor}").status_code in (200, 400), cursor


def test_a_page_has_1_to_100_rows(phone):
    for size in ("0", "101", "-1", "abc", "1e3", "9" * 5000, ""):
        refusal = problem(phone.ask("GET", f"check-ins/?page_size={size}"), 400)
        assert list(refusal["fields"]) == ["page_size"]


def test_an_episode_is_asked_for_by_its_id(phone):
    for query in ("check-ins/?episode=x", "decisions/?episode=%00", "messages/?episode=1", "check-ins/?episode="):
        assert list(problem(phone.ask("GET", query), 400)["fields"]) == ["episode"]


QUESTIONS = [
    ("panel/?page=0", "page"),
    ("panel/?page=abc", "page"),
    ("panel/?page=99999999999999999999", "page"),
    ("panel/?attention=hurry", "attention"),
    ("panel/?clinic=1", "clinic"),
    ("panel/?search=%00", "search"),
    ("panel/?search=" + "x" * 300, "search"),
    ("escalations/?status=done", "status"),
    ("escalations/?episode=1", "episode"),
]


def test_a_clinicians_question_is_checked_too(desk):
    for query, field in QUESTIONS:
        assert list(problem(desk.ask("GET", query), 400)["fields"]) == [field]


def test_a_name_that_names_nothing_finds_nothing(phone):
    huge = "9" * 24
    for path in (f"decisions/{huge}/", f"plans/x/versions/{huge}/", "exercises/EX99/", "check-ins/1/", "nouns/"):
        problem(phone.ask("GET", path), 404)
