"""The summary of a back-test as rows for a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recovery.models import BackTest, BackTestResult
from recovery.services.back_tests.summing import lost_escalations

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Apart:
    """One episode the draft would have led elsewhere; nobody's name stands here."""

    number: int
    day: int
    days: int
    live_phase: str
    draft_phase: str
    lost: list[str]
    gained: list[str]


def figures_of(asked: BackTest) -> dict[str, Any]:
    """Everything the page of a finished back-test shows."""
    found = asked.summary
    return {
        "found": found,
        "lost": lost_escalations(found),
        "gained": sum(counts["gained"] for counts in found["escalations"].values()),
        "arrivals": [{"phase": phase, **counts} for phase, counts in found["arrivals"].items()],
        "most_moved": max((c["earlier"] + c["later"] for c in found["arrivals"].values()), default=0),
        "escalations": _escalations(found),
        "most_raised": max((max(c["live"], c["draft"]) for c in found["escalations"].values()), default=0),
        "alerts": found["alerts"],
        "most_alerts": max((max(row["live"], row["draft"]) for row in found["alerts"]), default=0),
        "ends": [{"live": live, "draft": draft, "people": people} for live, draft, people in found["ends"]],
        "apart": _apart(asked),
    }


def _escalations(found: Mapping) -> list[dict]:
    """Each code with the template of its title; a warning sign has no code of a notice."""
    return [
        {"code": code, "template": None if code == "stop" else f"recovery/rules/{code}.html", **counts}
        for code, counts in found["escalations"].items()
    ]


def _apart(asked: BackTest) -> list[Apart]:
    """The episodes that would have gone differently, those that lose an escalation first."""
    rows = asked.results.filter(first_difference_on__isnull=False).select_related("episode")
    found = sorted(rows, key=lambda row: (-len(row.figures["lost"]), -row.days_elsewhere, str(row.episode_id)))
    return [_row(number, row) for number, row in enumerate(found[:SHOWN], start=1)]


def _row(number: int, row: BackTestResult) -> Apart:
    day = (row.first_difference_on - row.episode.started_on).days + 1
    lost, gained = ([one["code"] for one in row.figures[name]] for name in ("lost", "gained"))
    return Apart(number, day, row.days, row.live_phase, row.draft_phase, lost, gained)
