"""`make security`: every promise attacked in turn, with what was promised and what was seen; then the list of parts."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from . import extra, parts, postgres

LONGEST = 900  # seconds one promise may take; what takes longer is broken
WHOLE = 2700  # seconds for all of them; what has not begun by then is broken too
KEPT, BROKEN, NOT_RUN = "KEPT", "BROKEN", "NOT RUN"
EXAMPLES = "10"  # for each operation of the API; `make fuzz` tries more


def _always() -> str:
    return ""


def _chromium() -> str:
    return "" if extra.chromium() and find_spec("playwright") else extra.NO_CHROMIUM


def _schemathesis() -> str:
    return "" if find_spec("schemathesis") else "Schemathesis is not installed: run `make fuzz` once."


@dataclass(frozen=True, slots=True)
class Promise:
    """What we say, the tests that attack it, and what they need that may not be here."""

    words: str
    tests: tuple[str, ...]
    lacks: Callable[[], str] = _always
    on_both: bool = False  # databases: SQLite, then PostgreSQL


PROMISES = (
    Promise(
        "every address refuses whoever it is not for",
        ("tests/architecture/access/test_matrix.py", "tests/recovery/api/test_access.py"),
    ),
    Promise(
        "each kind of person, and each key, reads just what it may",
        ("tests/recovery/api/test_what_each_may_read.py", "tests/recovery/api/test_scopes.py"),
    ),
    Promise(
        "emergency access is short, told, read only and reviewed",
        ("tests/recovery/services/test_emergencies.py", "tests/recovery/web/emergency"),
    ),
    Promise("nothing anybody sends is answered with a crash", ("tests/fuzz/test_schema.py",), _schemathesis),
    Promise("every answer tells the browser what it may not do", ("tests/deploy/test_headers.py",)),
    Promise("the browser finds nothing to refuse on any page", ("tests/browser/test_policy.py",), _chromium),
    Promise(
        "each look leaves a line, and tampering with the trail shows",
        ("tests/accounts/services/test_audit.py", "tests/accounts/web/test_audit.py"),
        on_both=True,
    ),
    Promise("neither answers nor their time tell who has an account", ("tests/bench/test_enumeration.py",)),
    Promise(
        "of many guesses at once exactly as many pass as may",
        ("tests/accounts/services/test_limits.py", "tests/accounts/web/test_limits.py"),
        on_both=True,
    ),
    Promise("what people write is in no log, letter, broker or dump", ("tests/faults/test_canaries.py",), on_both=True),
    Promise("no address somebody gives us leads inside", ("tests/recovery/channels/test_ssrf.py",)),
    Promise(
        "a backup restores, reminds nobody twice and forgets again",
        ("tests/recovery/management/test_backup.py",),
        on_both=True,
    ),
    Promise("slow clients keep nobody waiting", ("tests/faults/test_slow_clients.py",)),
    Promise(
        "staff reach nothing without a second factor; sign-ins end",
        (
            "tests/accounts/web/test_second_step.py",
            "tests/accounts/web/test_session_length.py",
            "tests/accounts/web/test_idle.py",
        ),
    ),
    Promise(
        "sealed text and answers open nowhere else, and keys rotate",
        ("tests/accounts/test_sealing.py", "tests/accounts/test_sealed_answers.py"),
    ),
    Promise(
        "everything about a person is exported and erased, and what is too old goes",
        (
            "tests/architecture/test_personal.py",
            "tests/recovery/services/test_your_data.py",
            "tests/recovery/services/test_retention.py",
        ),
    ),
    Promise("an unsafe start is refused with a sentence", ("tests/deploy/test_settings.py",)),
    Promise("every requirement of ASVS level 2 has a test or a reason", ("tests/architecture/test_asvs.py",)),
)


def main(arguments: list[str]) -> int:
    """1 when a promise was broken; words given on the command line choose among the promises, 2 if none has them."""
    chosen = [each for each in PROMISES if all(word in each.words for word in arguments)]
    if not chosen:
        print(f"No promise speaks of {' '.join(arguments)}: the promises are in deploy/testing/security.py.")
        return 2
    started = time.monotonic()
    outcomes = {promise.words: _outcome(promise, started + WHOLE) for promise in chosen}
    print(f"\n{parts.write()}")
    for outcome in (BROKEN, NOT_RUN):
        if found := [words for words, each in outcomes.items() if each == outcome]:
            print(f"{outcome}: {'; '.join(found)}")
    counts = ", ".join(f"{list(outcomes.values()).count(each)} {each.lower()}" for each in (KEPT, BROKEN, NOT_RUN))
    print(f"{len(chosen)} promises: {counts}; {time.monotonic() - started:.0f} s of at most {WHOLE} s")
    return 1 if BROKEN in outcomes.values() else 0


def _outcome(promise: Promise, deadline: float) -> str:
    """Attacks one promise and prints what was seen; one whose turn came too late counts as broken."""
    if lack := promise.lacks():
        print(f"{NOT_RUN}  {promise.words}\n           {lack}", flush=True)
        return NOT_RUN
    outcomes = [_on("SQLite" if promise.on_both else "", promise, deadline, {})]
    if promise.on_both:
        with postgres.embedded() as url:
            where = {"TEST_DATABASE_URL": url, "TEST_ONLY_DATABASE": "1"}
            outcomes.append(_on("PostgreSQL", promise, deadline, where))
    return BROKEN if BROKEN in outcomes else KEPT


def _on(database: str, promise: Promise, deadline: float, where: dict[str, str]) -> str:
    started = time.monotonic()
    code, output = _run(promise.tests, max(0, min(LONGEST, deadline - started)), where)
    outcome, name = BROKEN if code else KEPT, f", {database}" if database else ""
    print(f"{outcome:7}  {promise.words}{name} ({time.monotonic() - started:.0f} s)", flush=True)
    for line in seen(output):
        print(f"           {line}", flush=True)
    if code:
        print(output[-6000:], file=sys.stderr, flush=True)
    return outcome


def seen(output: str) -> Iterator[str]:
    """The figures a run printed, and how many tests there were."""
    for line in output.splitlines():
        if re.search(r"promised.*seen", line):
            yield re.sub(r"\s+", " ", line).strip()
    if counted := re.findall(r"(?m)^(?=.*\b(?:passed|failed|errors?)\b)[\d\w, ]+(?= in )", output):
        yield f"promised 0 failed, seen {counted[-1]}"


def _run(tests: tuple[str, ...], seconds: float, where: dict[str, str]) -> tuple[int, str]:
    env = {
        "FUZZ_EXAMPLES": EXAMPLES,
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "deploy.testing.settings",
        "CHROMIUM": extra.chromium() or "",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # a browser library runs its own event loop in the test's thread
        **where,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-s", "--override-ini", "norecursedirs=.*", *tests]
    try:
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired as late:
        said = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else late.stdout or ""
        return 1, f"{said}\nnot done after {seconds:.0f} s"
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
