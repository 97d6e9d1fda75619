"""Taking a check-in: one transaction for the answers, the decision and everything it sets off."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from accounts.sealing import mark
from recovery.models import CheckIn, Decision, Episode
from recovery.rules.facts import CheckInFact
from recovery.rules.reminders import is_in_time, local_day
from recovery.rules.rotation import NOTHING_MORE, Rotating

from . import escalations, reminders
from .episodes import lock_open_episode
from .folding import judge
from .refusals import Conflict, Refused

BODY_PLACE = "recovery_checkin.body_hash"


@dataclass(frozen=True, slots=True)
class Entry:
    """A check-in as a phone sends it: the answers, its own id, when and where it was made."""

    fact: CheckInFact
    key: UUID
    made_at: datetime
    time_zone: str
    rotating: Rotating = NOTHING_MORE

    @property
    def body_hash(self) -> str:
        """Tells a repeated entry from a different one under the same id."""
        said = asdict(self.fact)
        if self.rotating != NOTHING_MORE:  # so that an entry without them keeps the hash it was stored with
            said["rotating"] = asdict(self.rotating)
        body = json.dumps(said, sort_keys=True, default=str)
        return hashlib.sha256(body.encode()).hexdigest()

    @property
    def body_mark(self) -> str:
        """What is kept of the hash: from the hash itself, the few answers there are could be tried one by one."""
        return mark(self.body_hash, BODY_PLACE)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A stored check-in, the decision that stands for its day (None for a late diary note), and whether it is new."""

    check_in: CheckIn
    decision: Decision | None
    is_new: bool


@transaction.atomic
def record(patient, entry: Entry, now: datetime) -> Recorded:
    """Stores a check-in once and decides its day; the same entry again answers the same.

    Raises Refused for a day that cannot be filled and Conflict when the id or the day is taken.
    """
    episode = lock_open_episode(patient)
    earlier = _stored_under(patient, episode, entry)
    if earlier is not None:
        return _answer_again(earlier, entry)
    known_on = _known_on(episode, entry, now)
    check_in = _insert(episode, entry, known_on, now)
    return Recorded(check_in, _decide(episode, check_in, now), True)


@transaction.atomic
def correct(patient, entry: Entry, now: datetime) -> Recorded:
    """Adds a revision to the check-in this entry's id names; the old answers stay readable.

    Raises Refused when there is none, and for a day other than the one the check-in is about.
    """
    episode = lock_open_episode(patient)
    standing = CheckIn.objects.of(patient).standing().filter(episode=episode, key=entry.key).first()
    if standing is None or standing.day != entry.fact.day:
        raise Refused("nothing_to_correct", "day")
    if standing.body_hash == entry.body_mark:
        return Recorded(standing, decision_for(standing), False)
    check_in = _insert(episode, entry, _known_on(episode, entry, now), now, standing)
    return Recorded(check_in, _decide(episode, check_in, now), True)


def decision_for(check_in: CheckIn) -> Decision | None:
    """The decision that stands for a check-in, with its findings at hand; a late diary note has none."""
    if is_diary_note(check_in):
        return None
    return (
        Decision.objects.standing()
        .filter(episode=check_in.episode_id, day=check_in.known_on)
        .prefetch_related("findings")
        .first()
    )


def is_diary_note(check_in: CheckIn) -> bool:
    """Whether an entry came too late for the rules: kept, but only a warning sign in it still counts."""
    return not check_in.is_in_time and check_in.revision == 1 and not check_in.red_flags


def _stored_under(patient, episode: Episode, entry: Entry) -> CheckIn | None:
    same = Q(patient=patient, key=entry.key) | Q(episode=episode, day=entry.fact.day)
    ids = CheckIn.objects.standing().filter(same).order_by("pk").values_list("pk", flat=True)
    found = ids.first()  # nearly always nothing: asking for the id alone costs half of asking for the row
    return None if found is None else CheckIn.objects.get(pk=found)


def _answer_again(stored: CheckIn, entry: Entry) -> Recorded:
    if stored.key != entry.key:
        raise Conflict("day_already_filled", stored, "day")
    first = (
        stored if stored.revision == 1 else CheckIn.objects.get(patient=stored.patient_id, key=stored.key, revision=1)
    )
    if entry.body_mark not in (stored.body_hash, first.body_hash):
        raise Conflict("key_used_for_other_answers", stored, "id")
    return Recorded(stored, decision_for(stored), False)


def _known_on(episode: Episode, entry: Entry, now: datetime) -> date:
    """The day the rules learn of this entry: its own when made in time, else the local day it was made."""
    zone, day = ZoneInfo(entry.time_zone), entry.fact.day
    made_at = min(entry.made_at, now)
    if day > local_day(made_at, zone):
        raise Refused("day_in_future", "day")
    if day < episode.started_on:
        raise Refused("day_before_start", "day", started_on=episode.started_on)
    return day if is_in_time(day, made_at, zone) else local_day(made_at, zone)


def _insert(episode, entry: Entry, known_on: date, now: datetime, corrected: CheckIn | None = None) -> CheckIn:
    fact = entry.fact
    return CheckIn.objects.create(
        key=entry.key,
        episode=episode,
        patient_id=episode.patient_id,
        day=fact.day,
        revision=corrected.revision + 1 if corrected else 1,
        supersedes=corrected,
        body_hash=entry.body_mark,
        time_zone=entry.time_zone,
        made_at=min(entry.made_at, now),
        received_at=now,
        known_on=known_on,
        average=fact.average,
        worst=fact.worst,
        morning=fact.morning,
        function=fact.function,
        session_status=fact.session.status,
        session_pain=fact.session.pain,
        session_stopped=fact.session.stopped,
        brisk_walk=fact.session.brisk_walk,
        medicine=fact.medicine,
        woken=fact.woken,
        yesterday_morning=fact.yesterday_morning,
        confidence=fact.confidence,
        mood=fact.mood,
        red_flags=list(fact.red_flags),
        **_rotating(entry.rotating),
    )


def _rotating(told: Rotating) -> dict:
    run = told.run
    return {
        "stiffness": told.stiffness or "",
        "sleep": told.sleep,
        "activity": told.activity,
        "sides": told.sides or "",
        "run_minutes": run.minutes,
        "run_metres": run.metres,
        "run_surface": run.surface or "",
        "run_hills": run.hills,
        "run_shoes": run.shoes or "",
    }


def _decide(episode: Episode, check_in: CheckIn, now: datetime) -> Decision | None:
    """Judges from the day the rules learn of it, and sets off what follows."""
    if is_diary_note(check_in):
        return None
    decisions = judge(episode, check_in.known_on, now, said=check_in)
    episode.silence_due_at = reminders.silence_due_at(episode)
    episode.save()
    escalations.raise_for(episode, decisions, now)
    for decision in decisions:
        if decision.day == check_in.known_on:
            return decision
    return decision_for(check_in)
