"""`make mutants`: spoils the rules in one place after the other and says which faults no test notices."""

import argparse
import importlib.abc
import importlib.util
import os
import resource
import sys
import time
from pathlib import Path

import hypothesis  # noqa: F401  (what every child needs is loaded once, before the first fork)
import pytest
import yaml

from deploy.testing.mutations import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "recovery" / "rules"
TESTS = ROOT / "tests" / "rules"
EQUIVALENT = TESTS / "equivalent_mutants.txt"
LONGEST_SECONDS = 60  # of processor time: a busy machine must not pass for a noticed fault
NICE = 15
FIRST_LOOK = 120  # histories of decided.txt that are decided before pytest begins
TELLING = ("test_vignettes",)
SLOW = ("test_invariants", "test_any_plan", "test_forecast", "test_decided")


class Spoiled(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module with a fault in it and leaves all others as they are."""

    def __init__(self, name: str, path: Path, mutant: Mutant) -> None:
        self.name, self.path, self.mutant = name, path, mutant

    def find_spec(self, fullname, path=None, target=None):
        """Only for the one module."""
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module) -> None:
        """Runs the spoiled tree in place of the file."""
        module.__file__ = str(self.path)
        exec(compile(self.mutant.tree, str(self.path), "exec"), module.__dict__)  # our own source, spoiled by us


def suites(module: str = "") -> list[str]:
    """The tests of the rules: those of the module first, then the quick and telling ones."""

    def place(path: Path) -> tuple:
        return (path.stem != f"test_{module}", path.stem not in TELLING, path.stem in SLOW, path.stem)

    return [str(path) for path in sorted(TESTS.glob("test_*.py"), key=place)]


def is_noticed(fault: Spoiled | None) -> bool:
    """Whether any test fails, or does not come to an end, with the fault in place; None leaves the rules whole."""
    child = os.fork()
    if child == 0:
        _child(fault)
    return os.waitpid(child, 0)[1] != 0


def _child(fault: Spoiled | None) -> None:
    """Runs the tests silently and leaves with their exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))  # a fault may ask for endless memory
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    if fault is not None:
        sys.meta_path.insert(0, fault)
    if fault is not None and _decides_otherwise():
        os._exit(1)
    options = ["-x", "-q", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:xdist", f"--confcutdir={TESTS}"]
    try:
        code = pytest.main([*options, *suites(fault.path.stem if fault else "")])
    except BaseException:
        code = 3
    os._exit(int(code))


def _decides_otherwise() -> bool:
    """Whether test_decided would fail early on; looked at first and without pytest, because it notices most faults."""
    try:
        from recovery.rules.plan import parse_plan
        from tests.rules import decided

        plan = parse_plan(yaml.safe_load(decided.PLAN.read_text(encoding="utf-8")))
        before = decided.KEPT.read_text(encoding="utf-8").splitlines()
        return any(now != kept for now, kept in zip(decided.lines(plan, 0, FIRST_LOOK), before, strict=False))
    except Exception:
        return True


def known_equivalent() -> set[str]:
    """Faults that change no decision, each with its reason behind a #."""
    if not EQUIVALENT.exists():
        return set()
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines()
    return {line.partition("  # ")[0].strip() for line in lines if line.strip() and not line.startswith("#")}


def main() -> int:
    """1 when fewer faults than asked for are noticed."""
    options = _options()
    os.nice(NICE)
    if is_noticed(None):
        print("The tests of the rules fail without any fault; mend them first (pytest -p no:django tests/rules).")
        return 2
    accepted, began = known_equivalent(), time.monotonic()
    tried = noticed = equivalent = 0
    for path in [RULES / f"{name}.py" for name in options.modules]:
        for mutant in mutants_of(path.read_text(encoding="utf-8")):
            if time.monotonic() - began > options.minutes * 60:
                print("time is up")
                return _told(tried, noticed, equivalent, options.least)
            if f"{path.name} {mutant.before}  ->  {mutant.after}" in accepted:
                equivalent += 1
                continue
            tried += 1
            if is_noticed(Spoiled(f"recovery.rules.{path.stem}", path, mutant)):
                noticed += 1
            else:
                print(f"{path.relative_to(ROOT)}:{mutant}", flush=True)
        print(f"{path.name}: {noticed} of {tried} faults noticed so far", file=sys.stderr, flush=True)
    return _told(tried, noticed, equivalent, options.least)


def _told(tried: int, noticed: int, equivalent: int, least: int) -> int:
    share = 100 * noticed / tried if tried else 100
    print(f"{noticed} of {tried} faults noticed ({share:.1f} %), {equivalent} more are known to change nothing")
    return 0 if share >= least else 1


def _options() -> argparse.Namespace:
    modules = sorted(path.stem for path in RULES.glob("*.py") if path.stem != "__init__")
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", default=modules, metavar="module", help="parts of the rules; all if none")
    parser.add_argument("--minutes", type=float, default=240, help="stop after so long")
    parser.add_argument("--least", type=int, default=95, help="per cent that must be noticed")
    found = parser.parse_args()
    if unknown := set(found.modules) - set(modules):
        parser.error(f"module: must be one of {', '.join(modules)}, not {', '.join(sorted(unknown))}")
    return found


if __name__ == "__main__":
    sys.exit(main())
