"""The simulate command: one table on standard output, the same however many processes share the work."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from recovery.management.commands import simulate


def run(*arguments: str) -> str:
    """What the command prints, without the time it took."""
    out = io.StringIO()
    call_command("simulate", "--weeks", "3", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue().rpartition(",")[0]


def test_every_class_stands_above_what_is_expected_of_it():
    lines = run("--patients", "12", "--processes", "1").splitlines()
    assert [line.split()[0] for line in lines[1:-1:2]] == ["C1", "C2", "C3", "C4", "C5", "all"]
    assert {line.split()[0] for line in lines[2:-1:2]} == {"expected"}


def test_the_figures_do_not_depend_on_the_number_of_processes():
    assert run("--patients", "30", "--processes", "1") == run("--patients", "30", "--processes", "3")


def test_the_histories_may_be_kept_as_replay_cases(tmp_path):
    run("--patients", "3", "--write-cases", str(tmp_path / "new"))
    written = sorted((tmp_path / "new").iterdir())
    assert [path.name for path in written] == ["000000-C1.json", "000001-C2.json", "000002-C3.json"]
    out = io.StringIO()
    call_command("replay", str(written[0]), stdout=out)
    assert len(json.loads(out.getvalue())["days"]) == 21


def test_how_far_it_has_come_is_told_on_the_other_channel():
    err = io.StringIO()
    call_command("simulate", "--patients", "4", "--weeks", "1", stdout=io.StringIO(), stderr=err)
    assert err.getvalue().splitlines() == [f"{number} of 4 patients" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--patients", "0"), "--patients: must be a whole number from 1 to 1000000"),
        (("--patients", "many"), "--patients: must be a whole number from 1 to 1000000"),
        (("--weeks", "105"), "--weeks: must be a whole number from 1 to 104"),
        (("--stay", "0"), "--stay: must be a share above 0 and up to 1"),
        (("--stay", "all"), "--stay: must be a share above 0 and up to 1"),
        (("--plan", "knees"), "plan: must be a shipped plan"),
        (("--write-cases", "/proc/nowhere", "--patients", "1"), "write-cases: must be a folder to write to"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(arguments, sentence):
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert sentence in str(refusal.value)


def test_a_broken_promise_ends_in_failure(monkeypatch):
    monkeypatch.setattr(simulate, "broken_promises", lambda lives: ["patient 1 of C5 ran"])
    with pytest.raises(CommandError, match="1 broken promises, the first: patient 1 of C5 ran"):
        run("--patients", "2")
