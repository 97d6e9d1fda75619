"""The demo's past: every named situation, made through the services, once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from recovery.management.commands import seed_demo
from recovery.models import (
    BackTest,
    CheckIn,
    Decision,
    Episode,
    Escalation,
    OutboxMessage,
    Override,
    PlanVersion,
    Reminder,
)
from recovery.rules.running import may_run
from recovery.rules.state import State
from recovery.services.back_tests.episodes import try_on
from recovery.services.demo import cast, seeding
from recovery.services.episodes import standing_override
from recovery.services.plan_documents import document_of
from recovery.services.verification import differences
from tests.lives import shipped_document

PASSWORD = "walk before you run"
NOW = datetime(2026, 6, 3, 17, tzinfo=UTC)
TODAY = NOW.date()
pytestmark = pytest.mark.django_db
NAMED = len(cast.script()["stories"])


@pytest.fixture(scope="module")
def letters():
    return []


@pytest.fixture(scope="module", autouse=True)
def seeded(django_db_setup, django_db_blocker, letters):
    """The named patients' past, lived once for all tests here and taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        send = lambda row, at: letters.append((row, at))  # noqa: E731
        yield seeding.seed(shipped_document(), PASSWORD, NOW, 7, patients=NAMED, send=send)
        transaction.set_rollback(True)


def episode_of(name: str) -> Episode:
    return Episode.objects.get(patient__email=f"{name}@demo.test")


def outcomes(name: str) -> list[str]:
    decisions = Decision.objects.standing().filter(episode=episode_of(name))
    return list(decisions.order_by("day").values_list("outcome", flat=True))


def escalations(name: str) -> dict[str, str]:
    return dict(Escalation.objects.filter(episode=episode_of(name)).values_list("code", "status"))


def test_the_runner_is_mid_plan_with_today_still_to_do():
    episode = episode_of("runner")
    assert episode.phase == "return_to_running"
    assert episode.last_check_in_on == TODAY - timedelta(days=1)


def test_the_runner_may_run_today():
    assert may_run(State.from_json(episode_of("runner").state), TODAY)


def test_the_runner_has_been_set_back_before():
    assert "step_back" in outcomes("runner")


def test_the_runner_has_a_clinicians_reason_from_the_past():
    override = Override.objects.get(episode=episode_of("runner"))
    assert override.reason and override.expires_on < TODAY


def test_a_quick_recovery_has_reached_prevention():
    assert episode_of("quick").phase == "prevention"


def test_a_plateau_is_raised():
    assert "E6" in escalations("plateau")


def test_a_flare_has_just_set_somebody_back():
    assert "step_back" in outcomes("flare")[-5:]


def test_a_red_flag_waits_for_somebody_to_look():
    assert episode_of("redflag").is_stopped
    assert escalations("redflag")["RF11"] == "open"


def test_somebody_has_been_silent_for_more_than_a_week():
    assert TODAY - episode_of("silent").last_check_in_on > timedelta(days=7)
    assert escalations("silent")["E9-7d"] == "open"


def test_pain_past_four_weeks_waits_unacknowledged():
    assert escalations("persistent")["E2"] == "open"


def test_pain_past_four_weeks_has_been_taken_by_somebody():
    assert escalations("taken")["E2"] == "acknowledged"


def test_pain_past_four_weeks_has_been_reviewed():
    assert escalations("reviewed")["E2"] == "resolved"


def test_a_cleared_red_flag_goes_on_after_new_starting_questions():
    episode = episode_of("cleared")
    assert not episode.is_stopped and episode.intakes.count() == 2
    assert outcomes("cleared")[-1] not in ("stop", "stopped")


def test_an_override_is_in_force():
    episode = episode_of("guided")
    assert standing_override(episode, TODAY).phase == episode.phase


def test_a_patient_who_left_the_clinic_is_not_seen_there():
    clinician = User.objects.get(email="priya@demo.test")
    assert not Episode.objects.visible_to(clinician).filter(pk=episode_of("leaver").pk).exists()


def test_the_clinician_on_duty_sees_the_named_patients():
    clinician = User.objects.get(email="clinician@demo.test")
    seen = set(Episode.objects.visible_to(clinician).values_list("patient__email", flat=True))
    assert {f"{name}@demo.test" for name in ("runner", "quick", "plateau", "flare", "redflag", "silent")} <= seen


@pytest.mark.parametrize("story", [entry["email"] for entry in cast.script()["stories"]])
def test_every_decision_is_what_the_rules_say(story):
    assert not list(differences(Episode.objects.get(patient__email=story)))


def test_nothing_is_dated_after_now():
    assert not CheckIn.objects.filter(received_at__gt=NOW).exists()
    assert not Decision.objects.filter(decided_at__gt=NOW).exists()


def test_no_message_of_the_past_is_still_waiting():
    assert not OutboxMessage.objects.filter(state__in=["due", "claimed"]).exists()


def test_sent_messages_are_those_that_went(letters):
    sent = OutboxMessage.objects.filter(state="sent")
    assert {row.message_id for row, _ in letters} == set(sent.values_list("pk", flat=True))


def test_messages_went_within_a_minute_of_being_written(letters):
    assert max(at - row.message.created_at for row, at in letters) < timedelta(minutes=1)


def test_reminders_went_out_at_their_hour():
    late = [r.ended_at - r.due_at for r in Reminder.objects.filter(state="sent")]
    assert late and max(late) < timedelta(minutes=1)


def test_every_open_plan_has_its_next_reminder():
    waiting = Reminder.objects.filter(state="due")
    assert waiting.exists() and all(reminder.due_at > NOW for reminder in waiting)


@pytest.mark.parametrize("email", ["runner@demo.test", "clinician@demo.test", "admin@demo.test"])
def test_the_demo_sign_ins_work_at_once(email, rf):
    assert authenticate(rf.post("/accounts/login/"), email=email, password=PASSWORD)
    assert User.objects.get(email=email).emailaddress_set.get().verified


def test_a_second_run_changes_nothing(settings):
    settings.DEBUG = True
    before = User.objects.count(), CheckIn.objects.count(), OutboxMessage.objects.count()
    answer = StringIO()
    call_command("seed_demo", password="another", stdout=answer)
    assert "already there" in answer.getvalue()
    assert before == (User.objects.count(), CheckIn.objects.count(), OutboxMessage.objects.count())


def test_it_is_refused_where_debug_is_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("seed_demo", password=PASSWORD)


def test_a_given_day_ends_late_in_the_afternoon():
    assert seed_demo.present(date(2026, 3, 1)) == datetime(2026, 3, 1, 17, tzinfo=UTC)


def test_the_past_never_runs_ahead_of_the_clock():
    assert seed_demo.present(date(2999, 1, 1)) <= datetime.now(UTC)


def test_the_crowd_keeps_the_published_proportions():
    from random import Random

    sixty = Counter(part.trajectory for part in cast.parts(Random(1), 60))
    assert sixty == {"C1": 22, "C2": 21, "C3": 8, "C4": 6, "C5": 3}


def test_every_past_can_be_lived_through_again_for_a_back_test():
    version = PlanVersion.objects.newest("lower-back-running")
    asked = BackTest.objects.create(
        plan=version.plan,
        document=document_of(version),
        live=version,
        asked_at=NOW,
        through=TODAY,
        digest="-" * 64,
        episodes=13,
    )
    for episode in Episode.objects.all():
        result = try_on(asked, episode)
        assert not result.fault and result.first_difference_on is None
