"""What the suite measured, as one table of the promises U1 to U4 at its end."""

MEASURED: list[tuple[str, str, str]] = []
LOOKS: set[tuple[str, int, str]] = set()  # page, width, theme
VIOLATIONS: list[str] = []
JOURNEYS = {
    "U3 journeys with scripts off": ("without_script", "without-script"),
    "U3 journeys with the keyboard alone": ("test_keyboard",),
    "U4 journeys without a network": ("test_offline",),
    "U4 journeys of a queue that meets bad luck": ("test_queue", "test_bad_luck"),
}
WENT: dict[str, list[bool]] = {name: [] for name in JOURNEYS}


def measured(what: str, value: float, limit: float, unit: str = "") -> None:
    """Keeps a figure for the table, and fails when it is beyond its limit."""
    MEASURED.append((what, f"{value:g} {unit}".strip(), f"{limit:g} {unit}".strip()))
    assert value <= limit, f"{what}: {value:g} {unit}, at most {limit:g}"


def looked(page: str, width: int, theme: str, violations: int) -> None:
    """One look of the accessibility rules at a page."""
    LOOKS.add((page, width, theme))
    VIOLATIONS.extend([page] * violations)


def went(test: str, well: bool) -> None:
    """How a journey ended, by the name of its test."""
    for name, parts in JOURNEYS.items():
        if any(part in test for part in parts):
            WENT[name].append(well)


def table() -> list[str]:
    """One line a promise; nothing when nothing was measured."""
    rows = [("promise", "seen", "at most"), *sorted([*MEASURED, *_looks(), *_journeys()])]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _looks() -> list[tuple[str, str, str]]:
    pages = {page for page, _, _ in LOOKS}
    if not pages:
        return []
    seen = f"{len(VIOLATIONS)} on {len(pages)} pages, {len(LOOKS)} looks"
    return [
        ("U3 accessibility violations, light and dark", seen, "0"),
        ("U3 pages that do not fit 320 px or twice the text", f"0 of {len(pages)}", "0"),
    ]


def _journeys() -> list[tuple[str, str, str]]:
    return [(name, f"{sum(ends)} of {len(ends)} arrive", f"{len(ends)}") for name, ends in WENT.items() if ends]
