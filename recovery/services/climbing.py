"""Taking the steps of what nobody takes: one conditional update claims a step, and its messages are written with it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from recovery.models import Escalation, OutboxMessage
from recovery.rules import climbing as rules
from recovery.rules.climbing import BACK, DUTY, Climb, Step
from recovery.rules.red_flags import FLAGS

from . import outbox
from .audience import admins, admins_at, clinicians_at, readers_of
from .one_by_one import each_on_its_own


def climb_of(escalation: Escalation) -> Climb:
    """What was fixed when it was raised, and how far it has come."""
    return Climb(rules.from_json(escalation.schedule), escalation.steps_taken)


def columns(climb: Climb) -> dict:
    """A climb as the columns of its escalation."""
    return {
        "schedule": rules.to_json(climb.steps),
        "steps_taken": climb.taken,
        "next_step_at": climb.next_at,
    }


def begin(escalation: Escalation, now: datetime) -> dict:
    """The columns of a climb that starts now, behind whatever was taken before; advice tells no clinic."""
    if escalation.urgency == Escalation.Urgency.ADVICE:
        return columns(Climb())
    zone = escalation.episode.patient.zone
    return columns(rules.begin(escalation.code in FLAGS, now, zone, climb_of(escalation)))


def tell(escalation: Escalation, step: str, number: int, now: datetime) -> None:
    """Writes the messages of one step, in the caller's transaction."""
    outbox.write([*_messages(escalation, step, number, now), *_unread(escalation, now)])


def climb_due(now: datetime, limit: int = 200) -> int:
    """Takes every step that is due; returns how many escalations moved."""
    due = Escalation.objects.unresolved().filter(next_step_at__lte=now).order_by("next_step_at")
    return each_on_its_own(_climb, list(due.values_list("pk", flat=True)[:limit]), now)


@transaction.atomic
def _climb(pk, now: datetime) -> int:
    escalation = Escalation.objects.select_related("episode__patient", "taken_by").get(pk=pk)
    climb, step = rules.take(climb_of(escalation), now, escalation.episode.patient.zone)
    if step is None or not _claim(escalation, climb, step):
        return 0  # taken by a person or by another worker meanwhile
    tell(escalation, step.audience, climb.taken - 1, now)
    return 1


def _claim(escalation: Escalation, climb: Climb, step: Step) -> bool:
    """Whether the step is ours: it stands as it was read, and no person has acted since."""
    as_read = {name: getattr(escalation, name) for name in ("status", "steps_taken", "next_step_at")}
    open_again = {"status": "open", "taken_by": None, "taken_at": None} if step.audience == BACK else {}
    return Escalation.objects.filter(pk=escalation.pk, **as_read).update(**columns(climb), **open_again) == 1


def _messages(escalation: Escalation, step: str, number: int, now: datetime) -> Iterator[OutboxMessage]:
    clinicians = {person.pk: person for person in clinicians_at(step, escalation.episode)}
    if step == BACK and escalation.taken_by:
        clinicians[escalation.taken_by.pk] = escalation.taken_by
    told = [(person, _kind(escalation, step)) for person in clinicians.values()]
    told += [(person, "climb_admin") for person in admins_at(step, escalation.episode)]
    for person, kind in told:
        yield outbox.message(
            f"esc:{escalation.pk}:{number}:{person.pk}", kind, now, escalation=escalation, recipient=person
        )


def _unread(escalation: Escalation, now: datetime) -> Iterator[OutboxMessage]:
    """A word to the admins when the patient shares with a clinic where nobody can read it, once a day and clinic."""
    for consent in readers_of(escalation.episode.patient).filter(is_read=False):
        path = reverse("admin:accounts_clinic_change", args=[consent.clinic_id])
        for person in admins():
            key = f"unread:{consent.clinic_id}:{now:%Y-%m-%d}:{person.pk}"
            yield outbox.message(key, "unread_admin", now, recipient=person, context={"path": path})


def _kind(escalation: Escalation, step: str) -> str:
    if step == DUTY:
        return "red_flag_clinic" if escalation.code in FLAGS else "escalation_clinic"
    return "back_clinic" if step == BACK else "climb_clinic"
