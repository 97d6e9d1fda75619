"""The numbers behind a decision, one line for each rule, ready for components/criteria.html."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from recovery.rules.conditions import CONDITIONS
from recovery.rules.names import NOTICES
from recovery.web import rule_words

HOLDS = frozenset(
    ("gap_hold", "spike", "severe_pain", "caution", "cool_down", "weekly_rise", "paused", "worsening", "red_session")
) | {name for name, condition in CONDITIONS.items() if condition.purpose == "hold"}
MOVES = frozenset(("advance", "run_gate_open", "level_up", "ladder_done", "prevention_check", "override", "entry"))
BACK = ("step_back", "level_down")
NEVER_BLOCKS = "run_gate_confidence"
# which list of figures is a row of days, and the limit a day has to keep
TILES = {
    "advance_recent": ("average", "average"),
    "advance_median": ("averages", "highest"),
    "run_gate_settled_pain": ("averages", "average"),
    "step_back_pain": ("averages", "average"),
    "step_back_function": ("functions", "function"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One day's figure."""

    value: int
    label: str
    state: str
    today: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: how it stands, what it is called, its figures in words."""

    rule: str
    state: str
    title: str
    score: str
    hint: str
    days: tuple[Tile, ...] = ()

    @property
    def is_criterion(self) -> bool:
        """Whether this is one of the plan's conditions for moving on, and may keep the patient back."""
        return is_criterion(self.rule)


def lines_of(findings: Iterable, outcome: str, days: Sequence[date] = (), today: date | None = None) -> list[Line]:
    """The lines of a decision; what holds or steps back first, then what is missing, then what is met.

    days: the days of the latest check-ins, oldest first, for the tiles.
    """
    shown, seen = [], set()
    for finding in sorted(findings, key=lambda finding: finding.verdict == "decides"):
        if finding.rule in seen or not is_shown(finding, outcome):
            continue
        seen.add(finding.rule)
        shown.append(_line(finding, outcome, days, today))
    order = {"worse": 0, "unmet": 1, "met": 2, "noted": 3}
    return sorted(shown, key=lambda line: (order[line.state], line.rule not in HOLDS))


def is_criterion(rule: str) -> bool:
    """Confidence is a condition of the plan that never blocks: it is a remark."""
    return rule in CONDITIONS and CONDITIONS[rule].purpose == "advance" and rule != NEVER_BLOCKS


def is_shown(finding, outcome: str) -> bool:
    """Whether a finding is part of the numbers: notices and moves have their own words, and after a step back
    the criteria of the place left behind no longer matter."""
    if finding.rule in NOTICES or finding.rule in MOVES:
        return False
    if outcome in BACK and finding.verdict != "decides":
        return finding.rule not in CONDITIONS
    return not (outcome == "advance" and finding.rule == "time_box" and finding.verdict == "decides")


def _line(finding, outcome: str, days: Sequence[date], today: date | None) -> Line:
    tiles = _tiles(finding, days, today)
    return Line(
        rule=finding.rule,
        state=_state(finding, outcome),
        title=rule_words.of_finding(finding, "title"),
        score=_score(finding, tiles),
        hint=rule_words.of_finding(finding, "patient"),
        days=tiles,
    )


def _state(finding, outcome: str) -> str:
    if is_criterion(finding.rule):
        return "met" if finding.verdict == "met" else "unmet"
    if finding.verdict == "decides":
        return "worse" if outcome in BACK else "unmet"
    return "unmet" if finding.rule in HOLDS else "noted"


def _tiles(finding, days: Sequence[date], today: date | None) -> tuple[Tile, ...]:
    if finding.rule not in TILES:
        return ()
    figure, limit = TILES[finding.rule]
    values, most = finding.figures.get(figure) or (), finding.limits.get(limit)
    if len(values) > len(days):
        return ()
    bad = "worse" if finding.rule.startswith("step_back") else "miss"
    is_bad = (lambda value: value >= most) if bad == "worse" else (lambda value: value > most)
    latest = days[len(days) - len(values) :]
    return tuple(
        Tile(value, _label(day, today), bad if is_bad(value) else "", day == today)
        for value, day in zip(values, latest, strict=True)
    )


def _label(day: date, today: date | None) -> str:
    return _("Today") if day == today else date_format(day, "D")


def _score(finding, tiles: tuple[Tile, ...]) -> str:
    """The score in words; where the days stand below, how many of them are good."""
    if finding.rule in ("advance_recent", "run_gate_settled_pain") and tiles:
        figures = {"good": sum(not tile.state for tile in tiles), "count": len(tiles)}
        return _("%(good)s of %(count)s") % figures
    if finding.rule.startswith("step_back") and tiles:
        return ""
    return rule_words.of_finding(finding, "score")
