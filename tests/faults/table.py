"""Promised and seen, side by side: printed at once, and kept for the table at the end of `make faults`."""

import json
import os
from pathlib import Path

from django.db import connection

Row = tuple[str, object, object, bool]


class Table:
    """Rows are (what is promised, the figure promised, the figure seen, whether it is kept)."""

    def __init__(self, test: str):
        self.test = test

    def __call__(self, *rows: Row) -> None:
        """Shows these rows; every one must be kept."""
        self._show(rows)
        assert all(is_kept for *_, is_kept in rows), self._broken(rows)

    def broken_by(self, bug: str, *rows: Row) -> None:
        """Shows that a fault sown on purpose breaks at least one of these rows: a test of the test."""
        broken = self._broken(rows)
        self._show([(f"{_names(rows)} with the fault “{bug}” sown, broken", "1 or more", len(broken), bool(broken))])
        print("".join(f"            {text}\n" for text in broken), end="")
        assert broken, f"the fault {bug} was not noticed by any of {[row[0] for row in rows]}"

    def _broken(self, rows) -> list[str]:
        return [text for text, *_, is_kept in rows if not is_kept]

    def _show(self, rows) -> None:
        print(f"  {self.test} on {database()}")
        for text, promised, seen, is_kept in rows:
            print(f"    {'kept  ' if is_kept else 'BROKEN'}  {text:60} promised {promised!s:>10}   seen {seen}")
            _keep({"database": database(), "text": text, "promised": str(promised), "seen": str(seen), "kept": is_kept})


def database() -> str:
    """The database this run is about."""
    return "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"


def _names(rows) -> str:
    """F2, N1: the promises these rows are about."""
    return " ".join(sorted({word for text, *_ in rows for word in text.split() if _is_name(word)}))


def _is_name(word: str) -> bool:
    return word[0] in "FNL" and word[1:].isdigit()


def _keep(row: dict) -> None:
    if kept := os.environ.get("FAULT_TABLE"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
