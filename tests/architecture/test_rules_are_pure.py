"""The rules need nothing but the standard library's values: no framework, clock, chance, files or network."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = sorted((ROOT / "recovery" / "rules").glob("*.py"))
ALLOWED = {"collections", "dataclasses", "datetime", "itertools", "math", "operator", "re", "recovery", "typing"}
CLOCKS = {"now", "today", "utcnow"}


def imported_names(tree: ast.AST) -> set[str]:
    """The full names of everything a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rules_module_imports_only_values(path):
    names = imported_names(ast.parse(path.read_text(encoding="utf-8")))
    assert {name.split(".")[0] for name in names} <= ALLOWED
    assert all(name.startswith("recovery.rules") for name in names if name.startswith("recovery"))


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rules_module_reads_no_clock(path):
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert not {call.attr for call in calls if isinstance(call, ast.Attribute)} & CLOCKS


def test_importing_the_rules_brings_no_framework_into_the_process():
    modules = [f"recovery.rules.{path.stem}" for path in RULES if path.stem != "__init__"]
    code = (
        f"import sys, {', '.join(modules)}\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'celery', 'random', 'socket'}))"
    )
    run = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_tests_of_the_rules_need_no_framework():
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:django", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, "--confcutdir=tests/rules", "tests/rules"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout
