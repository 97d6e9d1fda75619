"""What nobody takes climbs step by step, though those who take the steps are killed; and as the model says."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from deploy import processes
from recovery.models import Escalation, OutboxMessage
from recovery.rules import climbing as rules
from recovery.services import climbing, escalations
from tests import factories

from . import letters, story

PEOPLE, SEQUENCES = 12, 30
HOUR = timedelta(hours=1)
HOURS = (0.51, 2.01, 8.01)  # after which a warning sign nobody took is told to more people


def climbs(senders, sink, tmp_path, bug="", people=PEOPLE, kills=3) -> list:
    """What may be promised of so many warning signs while the clock goes on and senders are killed."""
    senders.env["FAULT_CLOCK"] = str(tmp_path / "clock")
    senders.set_clock(0)
    now = timezone.now()
    factories.make_user("admin")
    story.warning_signs(story.patients(people, now, days_ago=1), now)
    senders.start(2, bug)
    for hours in HOURS:
        processes.wait_until(lambda: not letters.left(), seconds=40, pause=0.1)
        senders.set_clock(hours * 3600)
        processes.wait_until(letters.left, seconds=10, pause=0.01)
        senders.kill_while_sending(kills, sink, letters.left, longest_pause=0.1)
        late = now + timedelta(hours=hours)
        processes.wait_until(lambda late=late: not _due(late), seconds=20, pause=0.1)
    processes.wait_until(lambda: not letters.left(), seconds=40, pause=0.1)
    numbers = Counter(OutboxMessage.objects.filter(kind="climb_clinic").values_list("key", flat=True))
    told = Counter(key.split(":")[2] for key in numbers)
    admins = OutboxMessage.objects.filter(kind="climb_admin").count()
    lost, doubled, _ = letters.seen(sink, {str(pk) for pk in OutboxMessage.objects.values_list("pk", flat=True)})
    wanted = {"1": people, "2": people, "3": people}
    return [
        ("F17 steps told to the clinic, each once and in order", 3 * people, sum(told.values()), told == wanted),
        ("F17 last steps told to the admin", people, admins, admins == people),
        ("F17 N2 letters of steps lost", 0, len(lost), not lost),
        ("F17 copies too many, at most one a kill", f"<= {senders.kills}", doubled, doubled <= senders.kills),
        ("F17 steps left behind", 0, _due(now + 9 * HOUR), not _due(now + 9 * HOUR)),
    ]


def _due(at) -> int:
    return Escalation.objects.filter(next_step_at__lte=at).count()


def test_every_step_is_told_once_though_senders_are_killed(senders, sink, tmp_path, report):
    report(*climbs(senders, sink, tmp_path))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_climb_that_does_not_count_would_be_caught(senders, sink, tmp_path, report):
    report.broken_by("lame", *climbs(senders, sink, tmp_path, "lame", people=3, kills=0))


class Life:
    """One escalation in the database beside the same in the rules alone; every act happens to both."""

    def __init__(self, seed: int, clinician, clinic):
        self.chance, self.now, self.clinician = Random(seed), factories.at(factories.DAY_1), clinician
        patient = factories.make_user()
        factories.share(patient, clinic)
        factories.open_episode(patient)
        factories.check_in(patient, factories.DAY_1, red_flags=("RF01",))
        self.row = Escalation.objects.get(episode__patient=patient, code="RF01")
        self.zone = patient.zone
        self.model, self.status = rules.begin(True, self.now, self.zone), "open"

    def live(self) -> int:
        """Acts at random; how often the database and the model differed."""
        acts = (self.tick, self.tick, self.tick, self.take, self.close)
        return sum(self.chance.choice(acts)() or self.differs() for _ in range(self.chance.randint(4, 14)))

    def tick(self):
        self.now += self.chance.choice((HOUR / 4, HOUR, 9 * HOUR, 50 * HOUR))
        for _ in range(2):  # as two sweeps do
            climbing.climb_due(self.now)
        if self.status != "resolved":
            self.model, step = rules.take(self.model, self.now, self.zone)
            self.status = "open" if step is not None and step.audience == rules.BACK else self.status

    def take(self):
        if self.status == "open":
            escalations.acknowledge(self.row.pk, self.clinician, self.now)
            self.model, self.status = rules.taken_by_a_person(self.model, self.now), "acknowledged"

    def close(self):
        if self.status != "resolved" and self.chance.random() < 0.1:
            escalations.resolve(self.row.pk, self.clinician, "reviewed", "Seen.", self.now)
            self.model, self.status = rules.ended(self.model), "resolved"

    def differs(self) -> bool:
        self.row.refresh_from_db()
        stored = climbing.climb_of(self.row), self.row.status, self.row.next_step_at
        return stored != (self.model, self.status, self.model.next_at)


def lives(seed: int, count: int) -> list:
    """What may be promised of so many random lives."""
    clinic = factories.make_clinic()
    clinician = factories.make_clinician(clinic)
    differ = sum(Life(seed + n, clinician, clinic).live() for n in range(count))
    keys = OutboxMessage.objects.filter(kind__in=("climb_clinic", "back_clinic")).count()
    return [
        ("F17 acts after which the database and the model differ", 0, differ, not differ),
        ("F17 steps told in these lives", "> 0", keys, keys > 0),
    ]


def test_random_lives_in_the_database_are_those_of_the_model(transactional_db, seed, report):
    report(*lives(seed, SEQUENCES))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_database_that_lets_somebody_keep_climbing_would_be_caught(transactional_db, seed, report, monkeypatch):
    monkeypatch.setattr(escalations, "taken_by_a_person", lambda climb, now: climb)
    report.broken_by("goes on climbing", *lives(seed, 6))
