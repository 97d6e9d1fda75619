"""Which questions a day's check-in asks, and what the page knows about the days before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from recovery.models import CheckIn, Episode
from recovery.rules.facts import PHASES
from recovery.rules.red_flags import FLAGS
from recovery.rules.rotation import LOOKS_BACK
from recovery.services import rhythm
from recovery.services.session_logs import session_of

from ..day import today_of, yesterday_is_open
from .rotating import turn_on

RUNNING_PHASE = "return_to_running"
MEDICINE_PHASES = ("low_impact", RUNNING_PHASE)
RUNNING_PHASES = (RUNNING_PHASE, PHASES[-1])
DAY = timedelta(days=1)
TOOK_PLACE = ("done", "part")


@dataclass(frozen=True, slots=True)
class Asked:
    """The day a form is about and what it asks beyond the core."""

    day: date
    is_today: bool
    is_running: bool
    needs_medicine: bool
    asks_recall: bool
    yesterday_average: int | None
    is_filled: bool
    yesterday_is_missing: bool
    stored: CheckIn | None
    asks_run: bool
    next_on: date
    rotating: Mapping[str, str]

    @property
    def options(self) -> dict:
        """What the form has to be told."""
        return {"needs_medicine": self.needs_medicine, "asks_recall": self.asks_recall}


def asked_on(episode: Episode, day: date, now: datetime, stored: CheckIn | None = None) -> Asked:
    """What to ask for a day; one query reads the days before."""
    first = day - LOOKS_BACK * DAY
    rows = CheckIn.objects.standing().filter(episode=episode, day__range=(first, day))
    by_day = {row.day: row for row in rows}
    before, last = by_day.get(day - 2 * DAY), by_day.get(day - DAY)
    was_missed = last is None and before is not None and before.session_status in TOOK_PLACE
    has_recall = stored is not None and stored.yesterday_morning is not None
    is_today = day == today_of(episode.patient, now)
    may_add_yesterday = is_today and yesterday_is_open(episode.patient, now)
    return Asked(
        day=day,
        is_today=is_today,
        is_running=episode.phase == RUNNING_PHASE,
        needs_medicine=episode.phase in MEDICINE_PHASES,
        asks_recall=was_missed or has_recall,
        yesterday_average=last.average if last else None,
        is_filled=day in by_day,
        yesterday_is_missing=may_add_yesterday and last is None and day - DAY >= episode.started_on,
        stored=stored,
        next_on=rhythm.next_check_in(episode, day),
        asks_run=episode.phase in RUNNING_PHASES or bool(stored and stored.tells_of_a_run),
        rotating=dict.fromkeys(turn_on(episode, day, by_day.values(), stored), ""),
    )


def told_session(episode: Episode, day: date, stored: CheckIn | None = None) -> dict:
    """The session's answers as they were told after it, for the form to start with; after a check-in only news."""
    session = session_of(episode, day, stored.received_at if stored else None)
    if session is None:
        return {}
    return {
        "session_told": True,
        "session_status": session.status,
        "session_pain": session.pain,
        "session_stopped": session.stopped,
        "brisk_walk": session.brisk_walk,
    }


def of_any_day(asked: Asked, turns: Mapping[str, str]) -> Asked:
    """The questions of any day at all: nothing the days before had to say, and every question that has its turns."""
    return replace(
        asked,
        is_today=True,
        asks_recall=False,
        yesterday_average=None,
        is_filled=False,
        next_on=asked.day,
        yesterday_is_missing=False,
        rotating=turns,
    )


def is_filled(episode: Episode, day: date) -> bool:
    """Whether there is a check-in for this day."""
    return CheckIn.objects.standing().filter(episode=episode, day=day).exists()


def signs_by_urgency() -> dict[str, str]:
    """The signs that stop the plan, by how soon somebody must look: the phone judges them without a network too."""
    kinds = ("EM", "SD", "WD")
    return {kind.lower(): " ".join(f.code for f in FLAGS.values() if f.stops and f.urgency == kind) for kind in kinds}
