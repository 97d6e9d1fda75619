"""One clinic with many patients in every situation the panel knows, four weeks of answers each."""

import random
from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction

from accounts.models import Consent, User
from recovery.models import CheckIn, Episode, Escalation, Finding
from tests import factories

DAYS = 28
ZONES = ("Europe/Amsterdam", "Europe/London", "America/New_York", "Asia/Kolkata")
NAMES = ("Anna", "Bram", "Carla", "Dev", "Eszter", "Farah", "Goran", "Hana")
# Of a thousand patients: so many with this escalation open for so many days, and so many with it taken.
OPEN = {"RF11": (4, "SD", 1), "E7": (8, "WD", 1), "E5": (12, "WD", 3), "E2": (25, "RT", 3), "E3": (10, "RT", 9)}
OPEN |= {"E6": (30, "RT", 4), "E9-7d": (20, "RT", 1), "E1": (40, "AD", 9)}
TAKEN = ("E12", "RT", 40)
SILENT, AT_THE_GATE = 60, 250
ANSWERS = """
    INSERT INTO recovery_checkin ({columns}, key, episode_id, patient_id, day, known_on, average, worst)
    SELECT {values}, gen_random_uuid(), e.id, e.patient_id, d.day, d.day, d.average, d.average + 1
    FROM recovery_checkin AS pattern, recovery_episode AS e,
      LATERAL (SELECT e.last_check_in_on - n AS day, (hashtext(e.id::text || n::text) & 3) AS average
               FROM generate_series(0, %s) AS n) AS d
    WHERE pattern.id = %s AND e.patient_id IN (SELECT patient_id FROM accounts_consent WHERE clinic_id = %s)
"""


def make(count: int, now) -> User:
    """So many patients of a new clinic; returns a clinician who works there."""
    rnd, mark = random.Random(count), uuid4().hex[:6]
    clinic = factories.make_clinic(f"Bench {mark}")
    clinician = factories.make_clinician(clinic, email=f"clinician-{mark}@example.test")
    pattern = _pattern(now)
    with transaction.atomic():
        people = [_person(n, mark) for n in range(count)]
        _keep(people)
        _keep(Consent(patient=each, clinic=clinic, text_version="1", given_at=now) for each in people)
        episodes = [_episode(pattern, each, rnd, now) for each in people]
        _keep(episodes)
        _keep(_escalations(episodes, clinician, rnd, now))
        _decide(episodes, pattern, now)
        _answer(clinic, pattern)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return clinician


def _pattern(now) -> CheckIn:
    """A day of somebody the clinic does not know."""
    start = now - timedelta(days=1)
    onset = start.date() - timedelta(days=10)
    patient = factories.make_user()
    factories.episodes.open_episode(patient, factories.answers(onset_on=onset, last_run_on=onset), start)
    made = factories.entry(start.date(), made_at=start)
    return factories.check_ins.record(patient, made, start).check_in


def _person(number: int, mark: str) -> User:
    name = f"{NAMES[number % len(NAMES)]} {number:05}"
    zone = ZONES[number % len(ZONES)]
    return User(role="patient", email=f"p{number}-{mark}@example.test", display_name=name, time_zone=zone)


def _episode(pattern: CheckIn, patient: User, rnd, now) -> Episode:
    """Most answered yesterday, some are silent, some are at the run gate."""
    silent_for = rnd.randint(5, 20) if rnd.randrange(1000) < SILENT else 1
    last = now.date() - timedelta(days=silent_for)
    changes = {"phase": "low_impact"} if rnd.randrange(1000) < AT_THE_GATE else {}
    days = {"started_on": last - timedelta(days=40), "onset_on": last - timedelta(days=44)}
    seen = {"last_check_in_on": last, "folded_through": last, "phase_entered_on": last - timedelta(days=9)}
    return _copy(pattern.episode, id=uuid4(), patient_id=patient.pk, silence_due_at=None, **days, **seen, **changes)


def _escalations(episodes, clinician, rnd, now):
    for episode in episodes:
        for code, (share, urgency, ago) in OPEN.items():
            if rnd.randrange(1000) < share:
                yield _escalation(episode, code, urgency, now - timedelta(days=ago, minutes=rnd.randrange(600)))
        code, urgency, share = TAKEN
        if rnd.randrange(1000) < share:
            raised_at = now - timedelta(days=2)
            taken = {"status": "acknowledged", "taken_by": clinician, "taken_at": now}
            yield _escalation(episode, code, urgency, raised_at, **taken)


def _escalation(episode, code: str, urgency: str, raised_at, **fields) -> Escalation:
    return Escalation(episode=episode, code=code, urgency=urgency, day=raised_at.date(), raised_at=raised_at, **fields)


def _decide(episodes, pattern: CheckIn, now) -> None:
    """The latest day's decision of each, with the run gate's findings where they are close to it."""
    first = pattern.decisions.get()
    decisions = [
        _copy(first, id=None, episode_id=each.pk, check_in_id=None, day=each.last_check_in_on, phase=each.phase)
        for each in episodes
    ]
    _keep(decisions)
    gates = [row for row in decisions if row.phase == "low_impact"]
    unmet = ("run_gate_readiness", "run_gate_walks", "run_gate_walks", "run_gate_walks")
    _keep(
        Finding(decision=row, position=position, rule=rule, verdict=verdict)
        for number, row in enumerate(gates)
        for position, (rule, verdict) in enumerate((("run_gate_settled_pain", "met"), (unmet[number % 4], "unmet")))
    )


def _answer(clinic, pattern: CheckIn) -> None:
    """Four weeks of answers each, written by the database itself."""
    own = {"id", "key", "episode_id", "patient_id", "day", "known_on", "average", "worst"}
    columns = [field.column for field in CheckIn._meta.concrete_fields if field.column not in own]
    names = {"columns": ", ".join(columns), "values": ", ".join(f"pattern.{name}" for name in columns)}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS.format(**names), [DAYS - 1, pattern.pk, clinic.pk])


def _keep(rows) -> None:
    rows = list(rows)
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=2000)


def _copy(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, **changes})
