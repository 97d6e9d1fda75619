"""What moving the running episodes to the draft would make of each one's last check-in, as a summary and as pages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recovery.models import BackTest
from recovery.services.back_tests.asking import fresh_for

from .doors import draft_page

OTHER = "quiet"
KINDS = ("advance", "hold", "back", "stop", OTHER)
WAYS = {
    "advance": "advance",
    "level_up": "advance",
    "hold": "hold",
    "step_back": "back",
    "level_down": "back",
    "stop": "stop",
    "stopped": "stop",
}
FURTHER = {"back": 0, "hold": 1, "advance": 2}
PEOPLE_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Cell:
    """How many were decided so and would be decided so; the hue says whether that is sooner or later."""

    people: int
    hue: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Decisions as they were made, in rows, against those of the draft, in columns."""

    people: int
    differing: int
    kinds: list[str]
    rows: list[tuple[str, list[Cell]]]


def summary_of(tried: BackTest) -> Summary:
    """The summary of a finished back-test."""
    found = tried.summary.get("moving", {"people": 0, "differing": 0, "pairs": []})
    counts: Counter[tuple[str, str]] = Counter()
    for before, after, people in found["pairs"]:
        counts[WAYS.get(before, OTHER), WAYS.get(after, OTHER)] += people
    kinds = [each for each in KINDS if each in FURTHER or any(each in pair for pair in counts)]
    rows = [(before, [Cell(counts[before, after], _hue(before, after)) for after in kinds]) for before in kinds]
    return Summary(found["people"], found["differing"], kinds, rows)


def _hue(before: str, after: str) -> str:
    if before == after:
        return "same"
    sooner = FURTHER.get(after, 1) > FURTHER.get(before, 1)
    return "is-advance" if sooner else "is-hold"


@dataclass(frozen=True, slots=True)
class Row:
    """One running episode, without a name."""

    number: int
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def differs(self) -> bool:
        """Whether the draft would decide it differently, or on another run level."""
        return self.before != self.after


def rows_of(tried: BackTest) -> list[Row]:
    """Every running episode somebody has checked in for; those that differ come first."""
    found = [Row(number, *pair) for number, pair in enumerate(_pairs(tried), start=1)]
    return sorted(found, key=lambda row: not row.differs)


def _pairs(tried: BackTest) -> Iterator[tuple[dict, dict]]:
    rows = tried.results.exclude(figures__moving=None).order_by("episode_id").values_list("figures__moving", flat=True)
    return ((pair["before"], pair["after"]) for pair in rows if pair)


@draft_page
@require_safe
def people(request, draft):
    """All running episodes, a page at a time: how the last check-in was decided, and how the draft would decide it."""
    tried = fresh_for(draft, timezone.now())
    page: Page = Paginator(rows_of(tried) if tried else [], PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {"tab": "plans", "plan": draft.plan, "draft": draft, "tried": tried, "page": page}
    return render(request, "recovery/plans/moving.html", context)
