"""Raising, acknowledging and resolving escalations, and who is told."""

from datetime import datetime, timedelta

from django.db import transaction

from recovery.models import Acknowledgement, Decision, Episode, Escalation, OutboxMessage, Resolution
from recovery.rules.climbing import DUTY, ended, taken_by_a_person
from recovery.rules.red_flags import FLAGS, most_urgent
from recovery.rules.reminders import local_day

from . import climbing, outbox, warning_signs
from .audience import is_read
from .one_by_one import each_on_its_own
from .refusals import Refused

URGENCY = {
    "E1": "AD",
    "E2": "RT",
    "E3": "RT",
    "E4": "RT",
    "E5": "WD",
    "E6": "RT",
    "E7": "WD",
    "E8": "RT",
    "E9-7d": "RT",
    "E9-14d": "RT",
    "E10": "WD",
    "E11": "RT",
    "E12": "RT",
    "CA1": "RT",
    "CA2": "RT",
    "CA3": "RT",
    "CA4": "WD",
    "CA5": "RT",
}
NUDGES = ("E9-soft", "E9-2d", "E9-4d")
SHOWN_AGAIN = {"E2", "E3", "E4"}
SHOW_AGAIN_AFTER = timedelta(days=7)
RANK = {"EM": 0, "SD": 1, "WD": 2, "RT": 3, "AD": 4}


def raise_for(episode: Episode, decisions: list[Decision], now: datetime) -> list[Escalation]:
    """Opens what the new decisions call for and writes the messages about it, in the caller's transaction."""
    wanted: list[Escalation] = []
    for decision in decisions:
        wanted += _wanted(episode, decision, wanted, now)
    if not wanted:
        _nudge(episode, decisions, now)
        return []
    raised, again = _open(episode, wanted, now)
    if raised or again:
        _tell(min((*raised, *again), key=lambda e: RANK[e.urgency]), now)
    return raised


def _open(episode, wanted: list[Escalation], now: datetime) -> tuple[list[Escalation], list[Escalation]]:
    """New escalations, one of a kind; and those nobody has closed for a warning sign that has come again."""
    standing = {row.code: row for row in episode.escalations.unresolved()}
    raised: list[Escalation] = []
    again: list[Escalation] = []
    for item in wanted:
        row = standing.setdefault(item.code, item)
        if row is item:
            raised.append(row)
        elif row.code in FLAGS:
            row.day, row.figures = item.day, item.figures
            again += [] if row in (*raised, *again) else [row]
    Escalation.objects.bulk_create(raised)
    for row in again:
        _open_again(row, now)
    return raised, again


def _open_again(row: Escalation, now: datetime) -> None:
    """A sign that has come again must be taken again; whoever took the first has not seen this one."""
    _change(
        row,
        day=row.day,
        figures=row.figures,
        status=Escalation.Status.OPEN,
        taken_by=None,
        taken_at=None,
        **climbing.begin(row, now),
    )


def _wanted(episode, decision: Decision, earlier: list[Escalation], now) -> list[Escalation]:
    settled = {*decision.withheld, *(decision.supersedes.notices if decision.supersedes else ())}
    codes = [code for code in decision.notices if code in URGENCY and code not in settled]
    rows = [_row(episode, code, URGENCY[code], decision, now) for code in codes]
    signs = warning_signs.untold(episode, decision, earlier)
    if worst := most_urgent(signs):
        rows.append(_row(episode, worst.code, worst.urgency, decision, now, {"flags": list(signs)}))
    return rows


def _row(episode, code, urgency, decision, now, figures=None) -> Escalation:
    row = Escalation(
        episode=episode,
        code=code,
        urgency=urgency,
        day=decision.day,
        figures=figures or _figures(decision, code),
        raised_at=now,
        shown_again_at=now + SHOW_AGAIN_AFTER if code in SHOWN_AGAIN else None,
    )
    for name, value in climbing.begin(row, now).items():
        setattr(row, name, value)
    return row


def _figures(decision: Decision, code: str) -> dict:
    for finding in decision.findings.all() if decision.pk else ():
        if finding.rule == code:
            return finding.figures
    return {}


def _tell(escalation: Escalation, now: datetime) -> None:
    """One message a day to the patient and to each clinician on duty: the most urgent thing raised."""
    kind = "red_flag_patient" if escalation.code in FLAGS else "escalation_patient"
    number = max(0, escalation.steps_taken - 1)
    patient = escalation.episode.patient
    key = f"esc:{escalation.pk}:{number}:patient"
    truth = {"is_unread": not is_read(patient)}
    outbox.write([outbox.message(key, kind, now, escalation=escalation, recipient=patient, context=truth)])
    if escalation.steps_taken:
        climbing.tell(escalation, DUTY, number, now)


def _nudge(episode, decisions, now):
    messages = [
        outbox.message(
            f"nudge:{episode.pk}:{code}:{decision.day}",
            "silence_nudge",
            now,
            recipient=episode.patient,
            episode=episode,
            priority=OutboxMessage.Priority.ROUTINE,
            not_after=now + timedelta(hours=12),
        )
        for decision in decisions
        for code in decision.notices
        if code in NUDGES and decision.day >= local_day(now, episode.patient.zone) - timedelta(days=3)
    ]
    outbox.write(messages)


@transaction.atomic
def acknowledge(escalation_id, clinician, now: datetime, note: str = "") -> Escalation:
    """A clinician takes an escalation; the second to try is told who did."""
    return _take(escalation_id, clinician, now, note, from_id=None)


@transaction.atomic
def take_over(escalation_id, clinician, from_id, now: datetime, note: str = "") -> Escalation:
    """A clinician takes what a colleague has; of two who do so at once, the second is told who was first."""
    return _take(escalation_id, clinician, now, note, from_id)


def _take(escalation_id, clinician, now: datetime, note: str, from_id) -> Escalation:
    """Gives it to somebody if it is open or still with whom they saw; asked again by who has it, nothing changes."""
    escalation = _locked(escalation_id)
    holder = escalation.taken_by
    if holder is not None and holder.pk == clinician.pk:
        return escalation
    if holder is not None and holder.pk != from_id:
        raise Refused("already_acknowledged", name=holder.name)
    _give_to(escalation, clinician, now, note)
    return escalation


def _locked(escalation_id) -> Escalation:
    """An escalation nobody has closed, held until the transaction ends.

    Who has it is read afterwards: PostgreSQL waits for the row's lock, but keeps what it joined before the wait.
    """
    rows = Escalation.objects.select_for_update(of=("self",)).select_related("episode__patient")
    escalation = rows.get(pk=escalation_id)
    if escalation.status == Escalation.Status.RESOLVED:
        raise Refused("already_resolved", name=escalation.resolution.made_by.name)
    return escalation


def _give_to(escalation: Escalation, clinician, now: datetime, note: str) -> None:
    """Puts on record who has it now; the climb stops, and it comes back if it is not closed in a week."""
    Acknowledgement.objects.create(escalation=escalation, made_by=clinician, made_at=now, note=note.strip())
    climb = taken_by_a_person(climbing.climb_of(escalation), now)
    _change(
        escalation,
        status=Escalation.Status.ACKNOWLEDGED,
        taken_by=clinician,
        taken_at=now,
        shown_again_at=None,
        **climbing.columns(climb),
    )


def _change(escalation: Escalation, **changes) -> None:
    for name, value in changes.items():
        setattr(escalation, name, value)
    escalation.save(update_fields=list(changes))


@transaction.atomic
def resolve(escalation_id, clinician, outcome: str, note: str, now: datetime) -> Escalation:
    """A clinician closes an escalation and says what was done; the rules see a professional review."""
    from .episodes import day_of, judge_event

    escalation = _locked(escalation_id)
    if not note.strip():
        raise Refused("note_missing", "note")
    episode = Episode.objects.select_for_update().get(pk=escalation.episode_id)
    day = day_of(episode, now)
    Resolution.objects.create(
        escalation=escalation, made_by=clinician, made_at=now, day=day, outcome=outcome, note=note.strip()
    )
    climb = ended(climbing.climb_of(escalation))
    _change(escalation, status=Escalation.Status.RESOLVED, shown_again_at=None, **climbing.columns(climb))
    judge_event(episode, day, now)
    return escalation


def show_again(now: datetime, limit: int = 200) -> int:
    """Tells a patient again, a week on, of what nobody has taken; returns how many. The clinic is told as it climbs."""
    due = Escalation.objects.filter(status="open", shown_again_at__lte=now).order_by("shown_again_at")
    return each_on_its_own(_show_again, list(due.values_list("pk", flat=True)[:limit]), now)


@transaction.atomic
def _show_again(pk, now: datetime) -> int:
    rows = Escalation.objects.select_for_update(of=("self",)).select_related("episode__patient")
    escalation = rows.filter(pk=pk, status="open", shown_again_at__lte=now).first()
    if escalation is None:  # taken, or shown by another worker
        return 0
    week, patient = (now - escalation.raised_at).days // 7, escalation.episode.patient
    key = f"esc:{pk}:again:{week}:patient"
    letter = {"escalation": escalation, "recipient": patient, "context": {"is_unread": not is_read(patient)}}
    outbox.write([outbox.message(key, "escalation_patient", now, **letter)])
    _change(escalation, shown_again_at=now + SHOW_AGAIN_AFTER)
    return 1
