"""What became of the made-up patient under the draft, with the live version beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recovery.rules.decision import DayDecision, Finding
from recovery.rules.facts import PHASES, CheckInFact
from recovery.rules.forecast import Forecast
from recovery.rules.plan import PlanSpec
from recovery.rules.state import State
from recovery.services.made_up.patient import ahead, check_ins, lived, state_of
from recovery.web import rule_words
from recovery.web.drawing.chart import ChartDay
from recovery.web.patient.presenters.criteria import Line, lines_of

TILES = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One lived day; `live` is the live version's decision, only where it says something else."""

    number: int
    answers: CheckInFact | None
    decision: DayDecision
    live: DayDecision | None

    @property
    def why(self) -> Finding | None:
        """The finding that decided."""
        return deciding(self.decision)

    @property
    def live_why(self) -> Finding | None:
        """The finding that decided with the live version."""
        return deciding(self.live) if self.live else None


@dataclass(frozen=True, slots=True)
class Tried:
    """The whole history, newest day first, and where the patient stands."""

    rows: Sequence[Row]
    state: State
    live_state: State
    headline: str
    lines: Sequence[Line]
    ahead: Forecast
    chart: Sequence[ChartDay]

    @property
    def days(self) -> int:
        """How many days were lived."""
        return len(self.rows)

    @property
    def apart(self) -> int:
        """On how many days the two plans say something else."""
        return sum(row.live is not None for row in self.rows)


def tried(case: Mapping[str, Any], draft: PlanSpec, live: PlanSpec) -> Tried:
    """Both plans on the same history."""
    answers = check_ins(case)
    mine, theirs = list(lived(case, draft)), [decision for _state, decision in lived(case, live)]
    rows = [
        Row(number, answers.get(decision.day), decision, beside if told(beside) != told(decision) else None)
        for number, ((_state, decision), beside) in enumerate(zip(mine, theirs, strict=True), start=1)
    ]
    state = mine[-1][0] if mine else state_of(case, draft)
    last = rows[-1] if rows else None
    return Tried(
        rows=rows[::-1],
        state=state,
        live_state=state_of(case, live),
        headline=rule_words.of_finding(last.why, "headline") if last and last.why else "",
        lines=_lines(rows) if last else (),
        ahead=ahead(case, draft, state),
        chart=[_drawn(row) for row in rows],
    )


def told(decision: DayDecision) -> tuple:
    """What a patient or a clinic would see of a day."""
    return decision.outcome, decision.phase, decision.run_level, decision.rule, decision.notices


def deciding(decision: DayDecision) -> Finding | None:
    """The finding that decided the day."""
    return next((finding for finding in decision.findings if finding.verdict == "decides"), None)


def _lines(rows: Sequence[Row]) -> list[Line]:
    last = rows[-1].decision
    days = [row.decision.day for row in rows if row.answers][-TILES:]
    return lines_of(last.findings, last.outcome, days, last.day)


def _drawn(row: Row) -> ChartDay:
    answers = row.answers
    status = answers.session.status if answers else "none"
    return ChartDay(
        day=row.decision.day,
        average=answers and answers.average,
        worst=answers and answers.worst,
        morning=answers and answers.morning,
        phase_index=PHASES.index(row.decision.from_phase) + 1,
        outcome=row.decision.outcome,
        session=None if status == "none" else status,
    )
