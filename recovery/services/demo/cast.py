"""Who is in the demo: the named stories, and a crowd in the proportions of the known trajectories."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from unicodedata import normalize

import yaml

from recovery.services.cohort.courses import TRAJECTORIES, Course, allot, course_through, with_recurrence
from recovery.services.cohort.habits import BASE, HEAVY, IDEAL, STEADY, Habits

LONGEST_AGO, SHORTEST_AGO = 90, 3
GROWTH = 1.6
HOME = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Part:
    """One patient of the demo: who they are, how their back does, and what is bound to happen to them."""

    email: str
    name: str
    started_ago: int
    trajectory: str
    zone: str = HOME
    clinic: str | None = None
    onset_before: int = 2
    last_run_before: int = 2
    age: int = 38
    first_episode: bool = False
    noise: float = 1.0
    course: Course | None = None
    habits: Habits = IDEAL
    is_named: bool = False
    signs_in: bool = False
    misses_ago: frozenset[int] = frozenset()
    rests_ago: frozenset[int] = frozenset()
    answers_until_ago: int = 0
    untouched: bool = False
    only_acknowledged: bool = False
    events: tuple[dict, ...] = field(default=())

    @property
    def pain(self) -> Course:
        """The course of their pain."""
        return self.course or TRAJECTORIES[self.trajectory].course


@cache
def script() -> dict:
    """The cast file, read once."""
    return yaml.safe_load(Path(__file__).with_name("cast.yaml").read_text(encoding="utf-8"))


def parts(rng: Random, patients: int) -> list[Part]:
    """The first `patients` of the cast, named stories before the crowd; oldest start first."""
    stories = [_story(entry) for entry in script()["stories"][:patients]]
    names = script()["crowd"][: patients - len(stories)]
    crowd = _crowd(rng, names, Counter(part.trajectory for part in stories))
    return sorted([*stories, *crowd], key=lambda part: (-part.started_ago, part.email))


def _story(entry: dict) -> Part:
    values = {**entry, "events": tuple(entry.get("events", ())), "is_named": True}
    if "course" in entry:
        values["course"] = course_through(entry["course"])
    for name in ("misses_ago", "rests_ago"):
        values[name] = frozenset(entry.get(name, ()))
    return Part(**values)


def _crowd(rng: Random, names: list[str], taken: Counter) -> list[Part]:
    wanted = Counter(allot(len(names) + taken.total()))
    classes = sorted((wanted - taken).elements())
    rng.shuffle(classes)
    starts = _spread(rng, len(names))
    return [_extra(rng, *person) for person in zip(names, classes, starts, strict=False)]


def _spread(rng: Random, count: int) -> list[int]:
    """Starts over the whole time, more and more of them towards the present, in random order."""
    shares = (number / max(1, count - 1) for number in range(count))
    starts = [round(SHORTEST_AGO + (LONGEST_AGO - SHORTEST_AGO) * share**GROWTH) for share in shares]
    rng.shuffle(starts)
    return starts


def _extra(rng: Random, name: str, trajectory: str, started_ago: int) -> Part:
    zones, shares = script()["zones"], script()["clinic_shares"]
    age = max(19, min(67, round(rng.gauss(39, 11))))
    onset_before = min(9, int(rng.expovariate(1 / 2.5)))
    return Part(
        email=_address(name),
        name=name,
        started_ago=started_ago,
        trajectory=trajectory,
        zone=rng.choices(list(zones), zones.values())[0],
        clinic=rng.choices([*shares, None], [*shares.values(), 1 - sum(shares.values())])[0],
        onset_before=onset_before,
        last_run_before=onset_before + rng.choice((0, 0, 1, 2)),
        age=age,
        first_episode=rng.random() < 0.3,
        course=with_recurrence(TRAJECTORIES[trajectory].course, rng),
        habits=rng.choices([STEADY, BASE, HEAVY], [0.62, 0.3, 0.08])[0],
    )


def _address(name: str) -> str:
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return ".".join(plain.lower().split()) + "@demo.test"
