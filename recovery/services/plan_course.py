"""Which version of its plan decides which day of an episode."""

from dataclasses import dataclass
from datetime import date

from recovery.models import Episode, PlanMove
from recovery.rules.facts import Ladder
from recovery.rules.plan import PlanSpec

from .plan_specs import spec_of


@dataclass(frozen=True, slots=True)
class Course:
    """The version the days begin with, and each later one with the first day it decides."""

    version_id: int
    moves: tuple[tuple[date, int], ...] = ()

    def version_on(self, day: date) -> int:
        """The version that decides this day."""
        return next((version for since, version in reversed(self.moves) if since <= day), self.version_id)

    def plan_on(self, day: date) -> PlanSpec:
        """Its plan, as the rules read it."""
        return spec_of(self.version_on(day))


def course_of(episode: Episode, since: date) -> Course:
    """What decides this day and later ones; most episodes never move, and then nothing is asked of the database."""
    if episode.plan_moved_on is None or episode.plan_moved_on <= since:
        return Course(episode.plan_version_id)
    moves = list(PlanMove.objects.filter(episode=episode).order_by("day"))
    return Course(moves[0].from_version_id, tuple((move.day, move.to_version_id) for move in moves))


def ladder_of(version_id: int) -> Ladder:
    """The run levels of a version, each with its minutes of running."""
    return tuple((level.key, level.run_minutes) for level in spec_of(version_id).run_levels)
