"""What the suite measured, printed as one table at its end."""

MEASURED: list[tuple[str, str, str]] = []


def measured(what: str, value: float, limit: float, unit: str = "") -> None:
    """Keeps a figure for the table, and fails when it is beyond its limit."""
    MEASURED.append((what, f"{value:g} {unit}".strip(), f"{limit:g} {unit}".strip()))
    assert value <= limit, f"{what}: {value:g} {unit}, at most {limit:g}"


def table() -> list[str]:
    """One line a figure; nothing when nothing was measured."""
    rows = [("figure", "measured", "at most"), *MEASURED]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
