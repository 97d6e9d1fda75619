"""What a story has happen on a given day besides its check-ins."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid5

from accounts.models import Clinic, User
from recovery.services import episodes, threads

from .diary import Diary, leave_clinic

MORNING, AFTERNOON = 9.5, 16.5


def put_down(diary: Diary, clinician: User | None) -> None:
    """Puts the story's own events on the agenda; ticked warning signs come with the evening's answers."""
    for event in diary.part.events:
        act = EVENTS.get(event["do"])
        if act is not None:
            day = diary.today - timedelta(days=event["ago"])
            hour = event.get("hour", HOURS.get(event["do"], AFTERNOON))
            diary.agenda.at(diary.local(day, hour), _bound(act, diary, clinician, event))


def _bound(act: Callable, diary: Diary, clinician: User | None, event: dict) -> Callable[[datetime], None]:
    return lambda now: act(diary, clinician, event, now)


def _override(diary: Diary, clinician: User, event: dict, now: datetime) -> None:
    until = diary.today - timedelta(days=event["ago"] - event["days"])
    level, reason = event.get("run_level", ""), event["reason"]
    episodes.override(diary.open_episode().pk, event["phase"], level, reason, until, clinician, now)


def _clearance(diary: Diary, clinician: User, event: dict, now: datetime) -> None:
    seen_on = diary.today - timedelta(days=event["ago"])
    episodes.record_clearance(diary.open_episode().pk, event["profession"], seen_on, clinician, now, event["note"])


def _restart(diary: Diary, clinician: User, event: dict, now: datetime) -> None:
    day = diary.today - timedelta(days=event["ago"])
    episodes.restart(diary.user, diary.intake(day), now)


def _leave(diary: Diary, clinician: User, event: dict, now: datetime) -> None:
    leave_clinic(diary.user, now)


def _message(diary: Diary, clinician: User, event: dict, now: datetime) -> None:
    """Something written to the clinic, or its answer."""
    author = diary.user if event["by"] == "patient" else clinician
    key = uuid5(diary.user.pk, f"{event['ago']}:{event['by']}:{event['text']}")
    clinic = Clinic.objects.chosen_by(diary.user).get()
    threads.send(author, diary.user, clinic, event["text"], key, now)


EVENTS = {
    "message": _message,
    "override": _override,
    "clearance": _clearance,
    "restart": _restart,
    "leave_clinic": _leave,
}
HOURS = {"override": MORNING, "clearance": MORNING}
