"""Where a patient is on the road, in numbers and names."""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from recovery.models import Episode
from recovery.rules.facts import PHASES

ON_THE_ROAD = 5  # the sixth, prevention, lies beyond the road


def phase_index(phase: str) -> int:
    """1 for rest to 5 for return to running, 6 for prevention."""
    return PHASES.index(phase) + 1


def phase_title(phase: str) -> str:
    """The name of a phase."""
    return render_to_string("components/phase_name.html", {"phase": phase}).strip()


@dataclass(frozen=True, slots=True)
class Place:
    """A phase with its number, the day in it and the run level."""

    phase: str
    index: int
    day: int
    run_level: str

    @property
    def is_beyond_the_road(self) -> bool:
        """Whether the five phases are done."""
        return self.index > ON_THE_ROAD


def place_of(episode: Episode, today: date) -> Place:
    """Where the episode stands today."""
    return Place(episode.phase, phase_index(episode.phase), episode.day_in_phase(today), episode.run_level)
