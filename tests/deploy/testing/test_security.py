"""`make security`: which tests attack, and what it says of them."""

import contextlib
from pathlib import Path

import pytest

from deploy.testing import security

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("promise", security.PROMISES, ids=lambda promise: promise.words)
def test_every_promise_names_tests_that_exist(promise):
    assert promise.tests and all((ROOT / path).exists() for path in promise.tests)


def test_the_figures_of_a_run_are_shown_with_how_many_tests_there_were():
    output = (
        "..\npromised 10 of 24, seen 10\n  kept  ratio  promised <= 2   seen 0.71\n.\n3 passed, 1 skipped in 4.20s\n"
    )
    assert list(security.seen(output)) == [
        "promised 10 of 24, seen 10",
        "kept ratio promised <= 2 seen 0.71",
        "promised 0 failed, seen 3 passed, 1 skipped",
    ]


@pytest.mark.parametrize("code", [0, 1])
def test_a_broken_promise_is_named_and_ends_with_one(monkeypatch, capsys, code):
    monkeypatch.setattr(security, "_run", lambda tests, seconds, where: (code, "1 passed in 1.0s\n"))
    monkeypatch.setattr(security.parts, "write", lambda: "")
    assert security.main(["slow", "clients"]) == code
    said = capsys.readouterr().out
    assert ("BROKEN: slow clients" in said) == bool(code) and ("1 promises: 1 kept" in said) == (not code)


def test_a_promise_about_a_database_is_kept_on_both_or_it_is_broken(monkeypatch, capsys):
    here = contextlib.nullcontext("postgres://here")
    monkeypatch.setattr(security.postgres, "embedded", lambda: here)
    monkeypatch.setattr(security.parts, "write", lambda: "")
    monkeypatch.setattr(
        security, "_run", lambda tests, seconds, where: (int("TEST_DATABASE_URL" in where), "1 passed in 1.0s\n")
    )
    assert security.main(["many guesses"]) == 1
    said = capsys.readouterr().out
    assert "as may, SQLite" in said and "BROKEN   of many guesses at once exactly as many pass as may, Postgre" in said


def test_what_cannot_be_run_here_is_said_and_counts_as_no_promise_kept(monkeypatch, capsys):
    monkeypatch.setattr(security.extra, "chromium", lambda: None)
    monkeypatch.setattr(security.parts, "write", lambda: "")
    assert security.main(["browser finds"]) == 0
    said = capsys.readouterr().out
    assert "NOT RUN: the browser finds" in said and "0 kept, 0 broken, 1 not run" in said


def test_what_is_not_done_in_time_is_broken_and_what_it_said_is_shown(monkeypatch, capsys):
    def never_done(command, timeout, **_):
        raise security.subprocess.TimeoutExpired(command, timeout, output=b"the last thing it said")

    monkeypatch.setattr(security.subprocess, "run", never_done)
    monkeypatch.setattr(security.parts, "write", lambda: "")
    monkeypatch.setattr(security, "WHOLE", 0)
    assert security.main(["slow clients"]) == 1
    said = capsys.readouterr()
    assert "BROKEN: slow clients" in said.out and "the last thing it said\nnot done after 0 s" in said.err


def test_a_word_no_promise_has_is_refused(capsys):
    assert security.main(["unbreakable"]) == 2
    assert "No promise speaks of unbreakable" in capsys.readouterr().out
