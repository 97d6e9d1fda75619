"""What was decided once is decided so for ever: a change of the rules is seen here and has to be meant."""

import pytest

from recovery.rules.case_reading import read_case
from recovery.rules.names import NOTICES, RULES
from recovery.rules.replay import fold_case
from tests.rules.decided import KEPT, lines
from tests.rules.histories import COUNT, history

PART = 50
OF_OTHER_PLANS_OR_EVENTS = {
    "amended",
    "paused",
    "plan_moved",
    "tightened",
    "tightening_ended",
    "hold_more_pain",
    "hold_pain",
    "hold_red_sessions",
    "hold_unsettled_session",
    "hold_weekly_rise",
}
SENTENCE = "is decided differently; if that is meant, raise RULES_VERSION and run python -m tests.rules.decided"


@pytest.mark.parametrize("first", range(0, COUNT, PART))
def test_a_history_is_decided_as_it_always_was(plan, first):
    kept = KEPT.read_text(encoding="utf-8").splitlines()[first : first + PART]
    for before, now in zip(kept, lines(plan, first, first + PART), strict=True):
        assert now == before, f"history {before.split()[0]} {SENTENCE}"


def test_every_rule_and_notice_is_heard_in_them(plan):
    heard = {
        finding.rule
        for number in range(COUNT)
        for _, decision in fold_case(read_case(history(number)), plan)
        for finding in decision.findings
    }
    assert {*RULES, *NOTICES} - heard == OF_OTHER_PLANS_OR_EVENTS
