"""What the rules decide of many histories, a line each: `python -m tests.rules.decided` writes decided.txt anew."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import yaml

from recovery.rules.case_reading import read_case
from recovery.rules.plan import PlanSpec, parse_plan
from recovery.rules.replay import decision_to_json, fold_case
from tests.rules.histories import COUNT, history

KEPT = Path(__file__).with_name("decided.txt")
PLAN = Path(__file__).resolve().parents[2] / "recovery" / "content" / "plans" / "lower-back-running.yaml"


def lines(plan: PlanSpec, first: int = 0, end: int = COUNT) -> Iterator[str]:
    """For each history its number, where it ends, and a digest of every decision and state on the way."""
    for number in range(first, end):
        kept = hashlib.sha256()
        for state, decision in fold_case(read_case(history(number)), plan):
            kept.update(json.dumps([decision_to_json(decision), list(decision.withheld), state.to_json()]).encode())
        yield f"{number} {decision.phase} {decision.run_level or '-'} {decision.rule} {kept.hexdigest()[:16]}"


if __name__ == "__main__":
    shipped = parse_plan(yaml.safe_load(PLAN.read_text(encoding="utf-8")))
    KEPT.write_text("".join(f"{line}\n" for line in lines(shipped)), encoding="utf-8")
