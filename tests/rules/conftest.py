"""The shipped plan, read without Django."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, settings

from recovery.rules.plan import PlanSpec, parse_plan

ROOT = Path(__file__).resolve().parents[2]
PLAN_FILE = ROOT / "recovery" / "content" / "plans" / "lower-back-running.yaml"

settings.register_profile("default", max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("long", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("mutants", max_examples=40, derandomize=True, parent=settings.get_profile("default"))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def plan_document() -> dict:
    """The default plan as it is shipped."""
    return yaml.safe_load(PLAN_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def plan(plan_document: dict) -> PlanSpec:
    """The default plan, checked."""
    return parse_plan(plan_document)
