"""The page docs/access.md as the tests read it: which address is of which kind, and what each kind says to whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .asking import NOTHING

PAGE = Path(__file__).parents[3] / "docs" / "access.md"
LISTED = re.compile(r"^- ([A-Z* ]+) `(/.*)`$")
ASKS_AGAIN = "*"


@dataclass(frozen=True)
class Row:
    """One way to ask for one address; `asks_again` is a change that wants a password or a factor first."""

    kind: str
    method: str
    route: str
    asks_again: bool

    @property
    def expected(self) -> dict[str, str]:
        """The answer to each person, by their column."""
        return kinds()[self.kind]


@cache
def kinds() -> dict[str, dict[str, str]]:
    """What each kind says to each person."""
    cells = [_cells(line) for line in _section("## Kinds of address") if line.startswith("|")]
    people = cells[0][1:]
    return {kind: dict(zip(people, map(_answer, answers), strict=True)) for kind, *answers in cells[2:]}


@cache
def rows() -> tuple[Row, ...]:
    """Every address and method of the page, in its order."""
    return tuple(_rows())


def _rows() -> Iterator[Row]:
    kind = ""
    for line in _section("## Addresses"):
        if line.startswith("### "):
            kind = line.removeprefix("### ")
        elif found := LISTED.match(line):
            for method in found[1].split():
                yield Row(kind, method.rstrip(ASKS_AGAIN), found[2], method.endswith(ASKS_AGAIN))


def _section(title: str) -> list[str]:
    """The lines under a heading, up to the next one of its rank."""
    _, _, after = PAGE.read_text(encoding="utf-8").partition(f"\n{title}\n")
    return after.partition("\n## ")[0].splitlines()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _answer(cell: str) -> str:
    return NOTHING if cell == "–" else cell
