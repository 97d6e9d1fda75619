"""Lets a simulated cohort live through a plan and prints what became of it; needs no database."""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from multiprocessing import Pool
from os import cpu_count
from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recovery.rules.plan import InvalidPlan
from recovery.rules.replay import InvalidCase
from recovery.services.cohort.cases import case_of
from recovery.services.cohort.figures import PUBLISHED, Figures, broken_promises, by_class
from recovery.services.cohort.habits import KINDS, alike
from recovery.services.cohort.trial import Life, trial

from .replay import BAD_INPUT, DEFAULT_PLAN, load_plan

AT_A_TIME = 20  # patients handed to a process at once
STEPS = 20  # lines of progress when nobody watches a terminal
HEAD = f"{'':11}{'patients':>9}{'median day P3/P4/P5':>22}{'running by 42/84':>19}{'step-backs':>12}  E1/E2/E3/E4 %"


class Command(BaseCommand):
    """Prints one table; with --write-cases also one replay case per patient."""

    help = "Simulate a cohort of patients on a plan and print what the rules made of each class."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Size, length and seed of the cohort, and how its people behave."""
        parser.add_argument("--patients", type=_from(1, 1_000_000), default=1000, help="how many people")
        parser.add_argument("--weeks", type=_from(1, 104), default=12, help="how long, 12 when left out")
        parser.add_argument("--seed", type=int, default=1, help="the same number gives the same cohort")
        parser.add_argument("--habits", choices=sorted(KINDS), default="loyal", help="how faithfully they answer")
        parser.add_argument("--stay", type=_share, help="the share still answering after 12 weeks, if not as they are")
        parser.add_argument("--plan", default=DEFAULT_PLAN, help="a shipped plan's key or a path to a plan file")
        parser.add_argument("--processes", type=_from(1, 256), default=cpu_count() or 1, help="all cores if left out")
        parser.add_argument("--write-cases", metavar="DIR", type=Path, help="write each history as a replay case")

    def handle(self, *args: object, **options) -> None:
        """Simulate, print the table, and fail when a promise was broken."""
        try:
            plan = load_plan({"plan": options["plan"]})
        except (InvalidCase, InvalidPlan) as fault:
            raise CommandError(" ".join(str(fault).split()), returncode=BAD_INPUT) from None
        folder, count, weeks = options["write_cases"], options["patients"], options["weeks"]
        habits = KINDS[options["habits"]]
        habits = alike(habits, stays_twelve_weeks=options["stay"] or habits.stays_twelve_weeks)
        began = monotonic()
        with Pool(min(options["processes"], count)) as pool:
            found = trial(plan, count, weeks, options["seed"], habits, folder is not None, _spread(pool))
            lives = [self._kept(life, folder, options["plan"]) for life in self._telling(found, count)]
        seconds = monotonic() - began
        self.stdout.write(table(by_class(lives, weeks * 7)))
        self.stdout.write(f"{count} patients, {weeks} weeks, seed {options['seed']}, {seconds:.0f} s")
        if broken := broken_promises(lives):
            raise CommandError(f"{len(broken)} broken promises, the first: {broken[0]}")

    def _telling(self, lives: Iterable[Life], count: int) -> Iterator[Life]:
        """The same lives; says on standard error how far they have come."""
        watched = sys.stderr.isatty()
        for number, life in enumerate(lives, 1):
            if watched or number % max(1, count // STEPS) == 0 or number == count:
                ending = "\r" if watched and number < count else "\n"
                self.stderr.write(f"{number} of {count} patients", ending=ending)
                self.stderr.flush()
            yield life

    def _kept(self, life: Life, folder: Path | None, plan: str) -> Life:
        """The life without its days, which go to a file where cases are wanted."""
        if folder is None:
            return life
        try:
            folder.mkdir(parents=True, exist_ok=True)
            case = json.dumps(case_of(life, plan), indent=1)
            (folder / f"{life.number:06d}-{life.key}.json").write_text(case, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"write-cases: must be a folder to write to ({error.strerror})") from None
        return replace(life, days=())


def _spread(pool) -> Callable:
    return lambda one, people: pool.imap(one, people, chunksize=AT_A_TIME)


def _from(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not low <= int(text) <= high:
            raise ArgumentTypeError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1:
        raise ArgumentTypeError("must be a share above 0 and up to 1")
    return value


def table(found: dict[str, Figures]) -> str:
    """Each class in one line, with the figures it should resemble below it."""
    lines = [HEAD]
    for key, figures in found.items():
        lines += [_line(key, figures), _line("  expected", PUBLISHED[key])]
    return "\n".join(lines)


def _line(name: str, figures: Figures) -> str:
    days, running, notices = (_joined(values) for values in (figures.median_day, figures.running_by, figures.notices))
    back = "-" if figures.step_backs is None else f"{figures.step_backs:.2f}"
    return f"{name:11}{figures.patients:9}{days:>22}{running:>19}{back:>12}  {notices}"


def _joined(values: Iterable[float | None]) -> str:
    return " / ".join("-" if value is None else f"{value:.0f}" for value in values)
