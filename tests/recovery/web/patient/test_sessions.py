"""A session is done from its page, told once, and the check-in starts with it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from recovery.models import AppendOnlyError, CheckIn, SessionLog
from tests import factories

from .conftest import DAY_5, words

SESSION, RUN = reverse("patient:session"), reverse("patient:run")


def told(**changes):
    return {"key": str(uuid4()), "pain": "2", "seconds": "", **changes}


def place(episode, phase, run_level=""):
    """Puts the patient into a phase, state and all."""
    state = {**episode.state, "phase": phase, "run_level": run_level or None, "window": []}
    type(episode).objects.filter(pk=episode.pk).update(phase=phase, run_level=run_level, state=state)
    episode.refresh_from_db()


def alone(code):
    return reverse("patient:session_of", args=[code])


def codes(answer):
    return answer.context["page"].codes


def test_the_session_is_todays_list_with_every_part_in_words(page, episode):
    answer = page.get(SESSION)
    assert "EX12" in codes(answer) and "EX04" not in codes(answer)
    assert "Part by part" in words(answer) and "times, slowly" in words(answer)


def test_a_part_without_a_time_shows_how_often_in_the_timer(page, episode):
    assert re.search(r'data-part="repeats" data-seconds="0" data-shown="\d+×"', page.get(SESSION).text)


def test_all_exercises_ticked_is_a_session_done(page, episode):
    answer = page.post(SESSION, told(exercises=codes(page.get(SESSION)), brisk_walk="on"))
    log = SessionLog.objects.get()
    assert answer.status_code == 303 and (log.status, log.pain, log.brisk_walk) == ("done", 2, True)


def test_some_exercises_ticked_is_a_session_in_part(page, episode):
    page.post(SESSION, told(exercises=codes(page.get(SESSION))[:1], stopped="on"))
    assert SessionLog.objects.filter(status="part", stopped=True).exists()


def test_a_session_sent_twice_is_kept_once(page, episode):
    form = told(exercises=codes(page.get(SESSION))[:1])
    assert [page.post(SESSION, form).status_code for _ in range(2)] == [303, 303]
    assert SessionLog.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pain": ""}, "at its highest"),
        ({"exercises": []}, "Tick what you did"),
        ({"exercises": ["EX99"]}, "EX99"),
        ({"pain": "11"}, "not on the scale"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(page, episode, changes, sentence):
    answer = page.post(SESSION, told(exercises=["EX12"]) | changes)
    assert answer.status_code == 400 and sentence in words(answer)
    assert not SessionLog.objects.exists()


def test_the_check_in_starts_with_the_worst_of_the_days_sessions(page, episode):
    some = codes(page.get(SESSION))
    page.post(SESSION, told(exercises=some))
    page.post(SESSION, told(exercises=some[:1], pain="5", stopped="on"))
    form = page.get(reverse("patient:check_in")).context["form"]
    assert [form.initial[name] for name in ("session_status", "session_pain", "session_stopped")] == ["done", 5, True]


def test_a_session_after_the_check_in_leads_to_its_correction(page, episode, clock):
    factories.check_in(episode.patient, DAY_5)
    clock.shift(timedelta(minutes=30))
    answer = page.post(SESSION, told(exercises=codes(page.get(SESSION))))
    assert answer.url == reverse("patient:correct", args=[DAY_5])
    assert page.get(answer.url).context["form"].initial["session_status"] == "done"
    assert CheckIn.objects.standing().get(day=DAY_5).session_status == "none"


def test_one_exercise_can_be_done_alone(page, episode):
    assert codes(page.get(alone("ex02"))) == ["EX02"]


def test_warmth_has_skin_checks_and_is_not_told(page, episode):
    answer = page.get(alone("ex05"))
    assert "look at your skin" in words(answer) and "How was it?" not in words(answer)


def test_an_exercise_that_is_not_of_today_leads_back_to_the_list(page, episode):
    assert page.get(alone("ex47")).url == reverse("patient:activities")


def test_no_session_is_shown_or_kept_while_a_warning_sign_stands(page, episode):
    factories.check_in(episode.patient, DAY_5, red_flags=("RF12",))
    assert page.get(SESSION).url == page.post(SESSION, told()).url == reverse("patient:stop")


def test_strength_for_good_takes_turns_through_its_exercises(page, episode, clock):
    place(episode, "prevention")
    seen = set()
    for weeks in range(12):
        clock.move_to(factories.at(factories.DAY_1 + timedelta(days=8 + 7 * weeks)))
        steps = [code for code in codes(page.get(SESSION)) if code != "EX49"]
        assert len(steps) == 6
        seen.update(steps)
    assert len(seen) == 11


def test_the_walk_run_is_a_schedule_to_read(page, episode, clock):
    place(episode, "return_to_running", "R1")
    told_page = words(page.get(RUN))
    assert "Run easily, 1 minute" in told_page and told_page.count('data-part="run"') == 6


def test_a_run_is_told_with_its_level_and_fills_the_check_in(page, episode):
    place(episode, "return_to_running", "R1")
    page.post(RUN, told(status="part", stopped="on", seconds="600"))
    log = SessionLog.objects.get()
    assert (log.kind, log.run_level, log.seconds) == ("walk_run", "R1", 600)
    assert page.get(reverse("patient:check_in")).context["form"].initial["session_status"] == "part"


def test_exercises_do_not_count_as_the_walk_run(page, episode):
    place(episode, "return_to_running", "R1")
    page.post(SESSION, told(exercises=codes(page.get(SESSION))))
    assert "session_status" not in page.get(reverse("patient:check_in")).context["form"].initial


def test_the_day_after_a_run_has_none_and_says_why(page, episode, clock):
    place(episode, "return_to_running", "R1")
    factories.check_in(episode.patient, DAY_5, average=0, worst=0, session={"status": "done", "pain": 0})
    clock.move_to(factories.at(DAY_5 + timedelta(days=1)))
    assert "A day without running belongs between two runs" in words(page.get(RUN))


def test_there_is_no_walk_run_outside_the_return_to_running(page, episode):
    assert page.get(RUN).status_code == 404


def test_the_list_tells_what_was_told_today(page, episode):
    page.post(SESSION, told(exercises=["EX12"]))
    assert "Pain 2 at its highest" in words(page.get(reverse("patient:activities")))


def test_a_session_is_never_edited(page, episode):
    page.post(SESSION, told(exercises=["EX12"]))
    with pytest.raises(AppendOnlyError):
        SessionLog.objects.get().save()


def test_a_day_holds_so_many_sessions_and_says_so(page, episode):
    for _ in range(20):
        page.post(SESSION, told(exercises=["EX12"]))
    answer = page.post(SESSION, told(exercises=["EX12"]))
    assert answer.status_code == 400 and "20 sessions are kept" in words(answer)
