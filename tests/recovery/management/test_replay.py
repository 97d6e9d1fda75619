"""The replay command: one case in, each day's decision out, one line for bad input, no database."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from recovery.content.plans import FOLDER as PLANS
from tests.rules.notation import case

CASE = case("P3, B 6, onset 1", "3/4/3/3+D2 - 3/4/3/3")
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def case_file(tmp_path):
    """Writes a case (or any text) to a file and gives its path."""

    def write(content: object) -> str:
        path = tmp_path / "case.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def run(*arguments: str) -> dict:
    """What the command prints."""
    out = io.StringIO()
    call_command("replay", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_a_file_is_replayed_day_by_day(case_file):
    days = run(case_file(CASE))["days"]
    assert [(day["day"], day["outcome"]) for day in days] == [
        ("2026-03-01", "hold"),
        ("2026-03-02", "no_check_in"),
        ("2026-03-03", "hold"),
    ]


def test_the_case_may_come_from_standard_input(monkeypatch, case_file):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(CASE).encode())))
    assert run() == run(case_file(CASE))


def test_the_plan_may_be_a_path(case_file):
    by_path = {**CASE, "plan": str(PLANS / "lower-back-running.yaml")}
    assert run(case_file(by_path)) == run(case_file(CASE))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "case: must be one JSON object in UTF-8"),
        ("{", "case: must be one JSON object in UTF-8"),
        ("[" * 100_000, "case: must be one JSON object in UTF-8"),
        ('{"age": ' + "1" * 5000 + "}", "case: must be one JSON object in UTF-8"),
        ("[]", "case: must be one JSON object"),
        ("null", "case: must be one JSON object"),
        ({}, "intake: is missing"),
        ({**CASE, "plan": 3}, "plan: must be a shipped plan (lower-back-running"),
        ({**CASE, "plan": "another"}, "plan: must be a shipped plan (lower-back-running"),
        ({**CASE, "plan": "a\0b"}, "plan: must be a shipped plan (lower-back-running"),
        ({**CASE, "plan": "/"}, "plan: must be a shipped plan (lower-back-running"),
        ({**CASE, "as_of": "2026-02-01"}, "as_of: must be a day from 2026-03-01"),
        (json.dumps(CASE).replace('"average": 3', '"average": NaN'), "check_ins[0].average: must be a whole number"),
        (json.dumps(CASE).replace('"average": 3', '"average": 1e999'), "check_ins[0].average: must be a whole number"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(case_file, content, sentence):
    with pytest.raises(CommandError) as refusal:
        run(case_file(content))
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 2


@pytest.mark.parametrize("text", ["key: [", "just words", "- a\n- b\n", "\x00"])
def test_a_plan_file_that_is_no_plan_is_refused(tmp_path, case_file, text):
    plan = tmp_path / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="^plan: must be") as refusal:
        run(case_file({**CASE, "plan": str(plan)}))
    assert refusal.value.returncode == 2


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(CommandError, match="^case: must be a readable file"):
        run(str(tmp_path / "nowhere.json"))


def test_from_the_shell_bad_input_is_one_line_and_no_traceback(case_file):
    path = case_file({**CASE, "as_of": None})
    done = subprocess.run([sys.executable, "manage.py", "replay", path], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "CommandError: as_of: must be a day as YYYY-MM-DD from 1900-01-01 to 2200-12-31"
    ]
