"""What is proved elsewhere without killing anybody, run again here at greater length, so that the table is whole."""

import os
import re
import subprocess
import sys
import time

import pytest

from deploy.testing.extra import NO_CHROMIUM, chromium

pytestmark = pytest.mark.sqlite_only
LONG = {"HYPOTHESIS_PROFILE": "long"}
WORDS = ["tests/recovery/channels/test_email.py", "tests/recovery/channels/test_web_push.py"]
ELSEWHERE = {
    "N3 F10 every change of clocks of every zone, by the rules": (["tests/rules/test_clock_changes.py"], LONG),
    "F15 random histories keep the invariants of the rules": (["tests/rules/test_invariants.py"], {}),
    "F17 thousands of lives of an escalation, by the rules": (["tests/rules/test_climbing.py"], {}),
    "L2 any order and zone, the same bytes": (["tests/recovery/services/test_orders.py"], {}),
    "N6 quiet hours and the cap, case by case": (["tests/recovery/services/test_restraint.py"], {}),
    "N7 words of every letter and push": (WORDS, {}),
    "N8 F16 random changes of who may know": (["tests/recovery/services/test_right_person.py"], {}),
}


def run_again(paths: list[str], env: dict) -> tuple[bool, str]:
    """Whether all of it is green, and how much that was."""
    began = time.monotonic()
    ours = {name: value for name, value in os.environ.items() if name not in ("TEST_FOLDER", "FAULT_TABLE")}
    command = [sys.executable, "-m", "pytest", "-q", "--override-ini", "norecursedirs=.*", *paths]
    run = subprocess.run(command, env={**ours, **env}, capture_output=True, text=True)
    passed = re.search(r"(\d+) passed", run.stdout)
    if run.returncode:
        print(run.stdout[-3000:])
    return run.returncode == 0, f"{passed[1] if passed else 0} in {time.monotonic() - began:.0f} s"


@pytest.mark.parametrize("promise", ELSEWHERE)
def test_what_needs_no_process_holds_too(promise, report):
    is_green, seen = run_again(*ELSEWHERE[promise])
    report((promise, "all green", seen, is_green))


def test_a_phone_that_was_offline_loses_nothing(report):
    if not (browser := chromium()):
        pytest.skip(NO_CHROMIUM)
    env = {"CHROMIUM": browser, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    is_green, seen = run_again(["tests/browser/test_queue.py"], env)
    report(("F14 L2 the queue of a phone without a network, in a browser", "all green", seen, is_green))
