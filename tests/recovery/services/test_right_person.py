"""Whoever a message reaches has a right to it at the moment it leaves, whatever changed since it was written."""

import random

import pytest

from accounts.models import Consent, Membership, User
from recovery.channels.email import compose
from recovery.models import Escalation
from recovery.services import outbox
from tests.factories import DAY_1, at, check_in, make_clinic, make_clinician, open_episode, share

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 21)
WORLDS, STEPS = 6, 20


class World:
    """One patient, two clinics, four clinicians; everything about them may change between any two sends."""

    def __init__(self, seed: int):
        self.rnd, self.count, self.wrong = random.Random(seed), 0, []
        self.episode = open_episode()
        self.clinics = [make_clinic(f"Clinic {seed} {n}") for n in range(2)]
        self.staff = [make_clinician(clinic) for clinic in self.clinics for _ in range(2)]
        for clinic in self.clinics:
            share(self.episode.patient, clinic)
        check_in(self.episode.patient, DAY_1, red_flags=("RF05",))
        self.escalation = Escalation.objects.get(episode=self.episode, code="RF05")

    def step(self) -> None:
        changes = (self.consent, self.membership, self.account, self.address)
        self.rnd.choice((*changes, self.write, self.write, self.send))()

    def consent(self) -> None:
        clinic = self.rnd.choice(self.clinics)
        given = Consent.objects.filter(patient=self.episode.patient, clinic=clinic, withdrawn_at=None)
        if not given.update(withdrawn_at=NOW):
            share(self.episode.patient, clinic)

    def membership(self) -> None:
        mine = Membership.objects.filter(user=self.rnd.choice(self.staff))
        mine.update(left_at=None if mine.get().left_at else NOW, on_duty=False)

    def account(self) -> None:
        person = User.objects.get(pk=self.rnd.choice(self.staff).pk)
        User.objects.filter(pk=person.pk).update(is_active=not person.is_active)

    def address(self) -> None:
        self.count += 1
        person = self.rnd.choice([*self.staff, self.episode.patient])
        User.objects.filter(pk=person.pk).update(email=f"moved{self.count}-{person.pk}@example.test")

    def write(self) -> None:
        self.count += 1
        whom, kind = self.rnd.choice(
            [(self.episode.patient, "red_flag_patient"), *((each, "red_flag_clinic") for each in self.staff)]
        )
        key = f"{self.episode.pk}:{self.count}"
        outbox.write([outbox.message(key, kind, NOW, recipient=whom, escalation=self.escalation)])

    def send(self) -> None:
        outbox.deliver_due(lambda: NOW, self.look)

    def look(self, delivery, now) -> None:
        """What the mail server would get is compared with what is true now; then something changes under way."""
        message = delivery.message
        person = User.objects.get(pk=message.recipient_id)
        may = person.is_active
        if message.kind == "red_flag_clinic":
            may &= Consent.objects.seen_by(person).filter(patient=self.episode.patient).exists()
        if not may or compose(message, now).to != [person.email]:
            self.wrong.append(message.key)
        self.rnd.choice((self.consent, self.membership, self.account, self.address))()


def wrong_letters() -> list[str]:
    """Letters that reached somebody without a right to them, over many random courses of events."""
    wrong = []
    for seed in range(WORLDS):
        world = World(seed)
        for _ in range(STEPS):
            world.step()
        world.send()
        wrong += world.wrong
    return wrong


def test_no_letter_reaches_somebody_without_a_present_right_to_it():
    assert wrong_letters() == []


def test_the_course_of_events_would_show_a_right_settled_too_early(monkeypatch):
    """The red control: whoever had a right when it was written gets it."""
    monkeypatch.setattr(outbox, "reason_to_withhold", lambda row, now: "")
    assert wrong_letters()


def test_the_course_of_events_would_show_rows_read_before_others_were_sent(monkeypatch):
    """The other one: what is known of the recipient is as old as the first row of the batch."""
    early = {}
    waiting = outbox._waiting

    def read_early(now, priorities):
        known = waiting(now, priorities).exclude(pk__in=early).select_related("message__recipient", "message__episode")
        early.update({row.pk: row for row in known})
        return waiting(now, priorities)

    fresh = outbox._as_it_is_now
    monkeypatch.setattr(outbox, "_waiting", read_early)
    monkeypatch.setattr(outbox, "_in_order", lambda now, limit, priorities: list(read_early(now(), priorities)))
    monkeypatch.setattr(outbox, "_as_it_is_now", lambda row, now: early.get(row.pk) or fresh(row, now))
    assert wrong_letters()
