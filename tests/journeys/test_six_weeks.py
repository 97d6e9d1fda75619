"""Six weeks in the life of a runner, through the web door, with a moving clock and real mail.

The clock ends at the real present, so that on the last day a real Celery worker and beat take over.
"""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, User
from deploy import processes
from recovery import tasks
from recovery.models import CheckIn, Decision, Episode, Escalation, OutboxMessage, Reminder
from recovery.services import reminders
from recovery.services.verification import differences
from tests.factories import load_plan, make_clinic, make_clinician

DAYS = 42
EMAIL = "robin@example.test"
PASSWORD = "seven-stepping-stones"

# average, worst, morning, function, session pain (None: no session); a missing day is silence
EASING = [(6, 8, 6, 7, None), (5, 7, 5, 6, None), (5, 6, 4, 5, None), (4, 6, 4, 4, None), (4, 5, 3, 4, None)]
STRETCHING = [(3, 4, 3, 3, 2), (3, 4, 3, 3, None), (3, 4, 2, 3, 2), (3, 4, 2, 3, None), (2, 3, 2, 2, None)]
WALKING = [(2, 3, 2, 2, 1), (2, 3, 2, 2, None), (2, 3, 2, 2, 2), (2, 3, 2, 2, None)]
FLARE = [(6, 8, 5, 6, None), (7, 8, 6, 6, None), (5, 6, 4, 5, None), (4, 6, 4, 4, None)]
SILENCE = [None] * 5
LINGERING = [(4, 6, 4, 4, None)] * 19
STORY = [*EASING, *STRETCHING, *WALKING, *FLARE, *SILENCE, *LINGERING]


class Life:
    """A runner and a clinician with browsers, and the machinery that would run beside them."""

    def __init__(self):
        now = datetime.now(UTC)
        # A zone in which it is now early afternoon: no day boundary falls into the last chapter.
        self.zone_name = f"Etc/GMT{(now.hour - 14 + 12) % 24 - 12:+d}"
        self.zone = ZoneInfo(self.zone_name)
        self.last_day = now.astimezone(self.zone).date()
        self.runner, self.clinician = Client(), Client()

    def day(self, number: int):
        """The local date of day 1, 2, … 42."""
        return self.last_day - timedelta(days=DAYS - number)

    def at(self, number: int, hour: int, minute: int = 0):
        """Moves the clock to a wall-clock time of one day."""
        instant = datetime.combine(self.day(number), time(hour, minute), self.zone)
        return time_machine.travel(instant.astimezone(UTC), tick=True)

    def check_in(self, number: int, **changes):
        """What the form sends for a day of the story; returns the answer."""
        average, worst, morning, function, pain = STORY[number - 1]
        form = {
            "day": self.day(number).isoformat(),
            "time_zone": self.zone_name,
            "average": average,
            "worst": worst,
            "morning": morning,
            "function": function,
            "session_status": "none" if pain is None else "done",
            "session_pain": "" if pain is None else pain,
            "medicine": "none",
            "worried": "no",
        }
        return self.runner.post("/check-in/", {**form, **changes})

    def decision(self, number: int) -> Decision:
        return Decision.objects.standing().get(episode__patient__email=EMAIL, day=self.day(number))


@pytest.fixture
def life(settings, smtp_sink, transactional_db):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_sink.port
    return Life()


def tick():
    """What beat would set off."""
    tasks.routine()
    tasks.urgent()


def subjects(sink, address=EMAIL):
    return [message["Subject"] for message in sink.sent_to(address)]


def test_six_weeks_in_the_life_of_a_runner(life, smtp_sink, celery_processes):
    clinician = the_clinic_invites_a_runner(life, smtp_sink)
    the_runner_signs_up_and_accepts(life, smtp_sink)
    the_starting_questions_lead_to_rest(life)
    pain_eases_and_the_plan_moves_on(life, smtp_sink)
    a_flare_brings_one_step_back(life)
    silence_is_noticed_kindly(life, smtp_sink)
    pain_that_stays_reaches_patient_and_clinic(life, smtp_sink, clinician)
    the_clinician_takes_it(life, clinician)
    real_workers_deliver_the_last_day(life, smtp_sink, celery_processes, clinician)
    nothing_was_lost_or_doubled(life, smtp_sink)


def the_clinic_invites_a_runner(life, sink) -> User:
    with life.at(1, 9):
        load_plan()
        clinic = make_clinic(reading_times="weekdays 8 to 10")
        clinician = make_clinician(clinic, email="tom@example.test", display_name="Tom", time_zone=life.zone_name)
        life.clinician.force_login(clinician)
        life.clinician.post("/clinic/invitations/", {"clinic": clinic.pk, "email": EMAIL})
        tick()
        assert len(sink.sent_to(EMAIL)) == 1
        return clinician


def the_runner_signs_up_and_accepts(life, sink):
    with life.at(1, 10):
        body = sink.sent_to(EMAIL)[0].get_body(("plain",)).get_content()
        invitation = re.search(r"http://testserver(/invitations/\S+/)", body)[1]
        form = {"email": EMAIL, "password1": PASSWORD, "display_name": "Robin", "time_zone": life.zone_name}
        life.runner.post("/accounts/signup/", form)
        code_mail = sink.sent_to(EMAIL)[-1].get_body(("plain",)).get_content()
        code = re.search(r"\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", code_mail)[1]
        life.runner.post("/accounts/confirm-email/", {"code": code})
        assert life.runner.get("/today/").headers["Location"] == "/start/"
        life.runner.post(invitation, {})
        assert Consent.objects.active().filter(patient__email=EMAIL).exists()


def the_starting_questions_lead_to_rest(life):
    with life.at(1, 11):
        answer = life.runner.post(
            "/start/",
            {
                "red_flags": "none",
                "cautions": "none",
                "history": "none",
                "average": 6,
                "worst": 8,
                "morning": 6,
                "function": 7,
                "onset_on": (life.day(1) - timedelta(days=1)).isoformat(),
                "last_run_on": (life.day(1) - timedelta(days=1)).isoformat(),
                "age": 34,
                "first_episode": "no",
            },
        )
        assert answer.headers["Location"] == "/today/"
        assert Episode.objects.get(patient__email=EMAIL).phase == "rest"
        assert "Phase 1 of 5" in life.runner.get("/today/").content.decode()


def pain_eases_and_the_plan_moves_on(life, sink):
    for number in range(1, 15):
        with life.at(number, 19, 1):
            tick()
        with life.at(number, 19, 30):
            answer = life.check_in(number)
            assert answer.headers["Location"] == f"/decisions/{life.day(number)}/"
            assert life.runner.get(answer.headers["Location"]).status_code == 200
    phases = [life.decision(number).phase for number in (1, 2, 4, 9, 14)]
    assert phases == ["rest", "heat_cold", "gentle_stretching", "low_impact", "low_impact"]
    reminded = {row.local_date for row in Reminder.objects.filter(state="sent")}
    assert reminded == {life.day(number) for number in range(1, 15)}
    assert len(subjects(sink)) == 2 + 14


def a_flare_brings_one_step_back(life):
    for number in range(15, 19):
        with life.at(number, 18, 30):
            life.check_in(number)
        with life.at(number, 19, 1):
            tick()
    assert (life.decision(15).outcome, life.decision(15).rule) == ("hold", "spike")
    assert (life.decision(16).outcome, life.decision(16).phase) == ("step_back", "gentle_stretching")
    done = Reminder.objects.filter(local_date__gte=life.day(15), local_date__lte=life.day(18))
    assert set(done.values_list("state", "reason")) == {("withheld", "already_checked_in")}


def silence_is_noticed_kindly(life, sink):
    before = len(subjects(sink))
    for number in range(19, 24):
        with life.at(number, 13):
            tick()
        with life.at(number, 19, 1):
            tick()
    mails = subjects(sink)[before:]
    assert len(mails) == 5 + 2, "five evening reminders, and a word after two and after four silent days"
    assert list(OutboxMessage.objects.filter(kind="silence_nudge").values_list("state", flat=True)) == ["sent", "sent"]


def pain_that_stays_reaches_patient_and_clinic(life, sink, clinician):
    for number in range(24, 42):
        with life.at(number, 18, 30):
            life.check_in(number)
            tick()
    assert life.decision(24).rule == "gap_hold"
    raised = Escalation.objects.get(code="E2")
    assert raised.day == life.day(28)
    assert life.decision(30).withheld == ["E6"] and not Escalation.objects.filter(code="E6").exists()
    told = OutboxMessage.objects.filter(escalation=raised)
    assert set(told.values_list("recipient__email", "state")) == {(EMAIL, "sent"), (clinician.email, "sent")}
    bodies = " ".join(message.as_string() for message in sink.sent_to(clinician.email))
    assert "pain" not in bodies.lower() and "Robin" not in bodies


def the_clinician_takes_it(life, clinician):
    with life.at(41, 20):
        life.clinician.force_login(clinician)
        raised = Escalation.objects.get(code="E2")
        assert "Robin" in life.clinician.get("/clinic/").content.decode()
        page = life.clinician.get(f"/clinic/escalations/{raised.pk}/")
        assert page.status_code == 200
        life.clinician.post(f"/clinic/escalations/{raised.pk}/acknowledge/", {"note": "Calling tomorrow."})
        raised.refresh_from_db()
        assert raised.status == "acknowledged"
        life.clinician.post(
            f"/clinic/escalations/{raised.pk}/resolve/", {"outcome": "reviewed", "note": "Seen, exercises checked."}
        )
        raised.refresh_from_db()
        assert raised.status == "resolved"


def real_workers_deliver_the_last_day(life, sink, celery, clinician):
    """The clock is real again: today's reminder is due in a moment, the check-in raises the six-week notice."""
    runner = User.objects.get(email=EMAIL)
    in_a_moment = (timezone.now() + timedelta(seconds=1)).astimezone(life.zone)
    reminders.change(runner, True, in_a_moment.time(), list(range(7)), timezone.now())
    before = len(subjects(sink)), len(subjects(sink, clinician.email))
    celery.worker()
    celery.beat()
    assert processes.wait_until(lambda: len(subjects(sink)) == before[0] + 1, seconds=40), "the day's reminder"
    life.check_in(DAYS)
    assert "E3" in life.decision(DAYS).notices
    assert processes.wait_until(lambda: len(subjects(sink)) == before[0] + 2, seconds=40), "the notice to the runner"
    assert processes.wait_until(lambda: len(subjects(sink, clinician.email)) == before[1] + 1, seconds=40)


def nothing_was_lost_or_doubled(life, sink):
    assert CheckIn.objects.count() == DAYS - len(SILENCE)
    assert list(differences(Episode.objects.get(patient__email=EMAIL))) == []
    waiting = OutboxMessage.objects.filter(state__in=["due", "claimed", "failed"])
    # A letter is marked as sent a moment after it has arrived.
    assert processes.wait_until(lambda: not waiting.exists(), seconds=40), list(waiting.values("kind", "state"))
    ids = [message["Message-ID"] for message in sink.messages if "Auto-Submitted" in message]
    assert len(ids) == len(set(ids)) == OutboxMessage.objects.filter(state="sent").count()
