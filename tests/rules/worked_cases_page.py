"""The worked cases as a page for people: `python -m tests.rules.worked_cases_page` writes docs/worked-cases.md anew."""

from pathlib import Path

from tests.rules.vignettes import VIGNETTES, Vignette

PAGE = Path(__file__).resolve().parents[2] / "docs" / "worked-cases.md"
HEAD = """# Worked cases

Forty short histories and what the default plan decides on the last day of each. The tests run every line; this page is
written from the same table (`python -m tests.rules.worked_cases_page`), and a test fails when it is out of date.

One token per day: `average/worst/morning/function`, each 0 to 10. `+D2` a session done with pain 2, `~D2` partly done,
`w` with a brisk walk of half an hour, `s` stopped because of the back, `m` pain medicine, `n` woken by back pain,
`r1` "yesterday morning 1", `!RF01` a warning sign ticked, `-` no check-in.

P1 relative rest, P2 heat, cold and easy movement, P3 gentle stretching, P4 low-impact activity, P5 return to running
(R1 to R10), P6 prevention. B is the baseline, onset the day the pain began, on the axis of the case.

| case | what happened | start | history | decision | rule | notices on the way |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"| {' | '.join(cells(vignette))} |\n" for vignette in VIGNETTES)


def cells(vignette: Vignette) -> tuple[str, ...]:
    """One case as the cells of its row."""
    place = " ".join(part for part in (vignette.phase, vignette.run_level) if part)
    decision = f"{vignette.outcome.replace('_', ' ')}: {place}"
    rule = f"`{vignette.rule}`"
    notices = ", ".join(vignette.notices) or "none"
    return vignette.id, vignette.changed, vignette.start, f"`{vignette.history}`", decision, rule, notices


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
