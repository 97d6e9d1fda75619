"""An episode starts in the right phase, stops for a warning sign and goes on after a clearance."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from recovery.models import Clearance, Decision, Episode, Escalation, Override
from recovery.services import check_ins, episodes
from recovery.services.refusals import Refused
from tests.factories import (
    DAY_1,
    answers,
    at,
    check_in,
    entry,
    load_plan,
    make_clinic,
    make_clinician,
    make_user,
    open_episode,
    share,
)

pytestmark = pytest.mark.django_db
DAY_2 = DAY_1 + timedelta(days=1)


@pytest.mark.parametrize(
    ("average", "phase"),
    [(8, "rest"), (6, "rest"), (5, "heat_cold"), (4, "heat_cold"), (3, "gentle_stretching"), (1, "low_impact")],
)
def test_the_starting_answers_lead_to_a_phase(average, phase):
    assert open_episode(average=average, worst=9).phase == phase


def test_a_patient_has_one_open_plan_at_a_time():
    patient = open_episode().patient
    with pytest.raises(Refused, match="already have a plan"):
        open_episode(patient)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"age": 15}, "16 and over"),
        ({"age": 17}, "clinician needs to look after"),
        ({"history": ("surgery_or_fracture",)}, "doctor or physiotherapist before starting"),
        ({"onset_on": DAY_2}, "cannot be in the future"),
        ({"last_run_on": DAY_2}, "cannot be in the future"),
    ],
)
def test_who_should_not_start_alone_is_told_so_and_nothing_is_written(changes, sentence):
    load_plan()
    with pytest.raises(Refused, match=sentence):
        episodes.open_episode(make_user(), answers(**changes), at(DAY_1))
    assert not Episode.objects.exists()


def test_a_seventeen_year_old_with_a_clinician_may_start():
    patient, clinic = make_user(), make_clinic()
    make_clinician(clinic)
    share(patient, clinic)
    assert open_episode(patient, age=17).is_open


LACKS = ("nobody ever worked there", "everybody has left", "the account is closed", "withdrawn")


@pytest.mark.parametrize("lack", LACKS)
def test_a_seventeen_year_old_whose_diary_no_clinician_reads_may_not_start(lack):
    patient, clinic = make_user(), make_clinic()
    clinician = make_clinician(clinic) if lack != "nobody ever worked there" else make_user("clinician")
    share(patient, clinic)
    if lack == "everybody has left":
        clinician.memberships.update(left_at=at(DAY_2), on_duty=False)
    if lack == "the account is closed":
        User.objects.filter(pk=clinician.pk).update(is_active=False)
    if lack == "withdrawn":
        patient.consents.update(withdrawn_at=at(DAY_2))
    with pytest.raises(Refused, match="clinician needs to look after"):
        open_episode(patient, age=17)
    assert not Episode.objects.exists()


def test_without_a_published_plan_nobody_can_start():
    with pytest.raises(Refused, match="No plan has been published"):
        episodes.open_episode(make_user(), answers(), at(DAY_1))


def test_a_warning_sign_at_the_start_stops_the_plan_before_it_begins():
    episode = open_episode(red_flags=("RF03",))
    assert episode.is_stopped
    assert Decision.objects.get(episode=episode).outcome == "stop"
    assert Escalation.objects.get(episode=episode).urgency == "EM"


def test_a_clearance_and_new_answers_open_the_plan_again():
    patient = open_episode().patient
    check_in(patient, DAY_1, red_flags=("RF11",))
    assert check_in(patient, DAY_2).decision.outcome == "stopped"
    episode = Episode.objects.get()
    episodes.record_clearance(episode.pk, "doctor", DAY_2, patient, at(DAY_2, 20))
    episode = episodes.restart(patient, answers(average=2), at(DAY_2, 21))
    assert not episode.is_stopped
    assert check_in(patient, DAY_2 + timedelta(days=1)).decision.outcome == "hold"


def test_the_starting_questions_are_not_asked_again_without_need():
    patient = open_episode().patient
    with pytest.raises(Refused, match="not now"):
        episodes.restart(patient, answers(average=0), at(DAY_2))


def test_after_a_long_break_the_starting_questions_come_first():
    patient = open_episode().patient
    check_in(patient, DAY_1)
    back_on = DAY_1 + timedelta(days=20)
    assert check_in(patient, back_on).decision.outcome == "reintake"
    episode = episodes.restart(patient, answers(average=5, worst=6), at(back_on, 21))
    assert (episode.awaiting_intake, episode.phase) == (False, "heat_cold")


@pytest.mark.parametrize(
    ("assessed_on", "sentence"), [(DAY_2, "future"), (DAY_1 - timedelta(days=1), "when the plan stopped")]
)
def test_a_clearance_needs_a_day_that_makes_sense(assessed_on, sentence):
    patient = open_episode().patient
    check_in(patient, DAY_1, red_flags=("RF11",))
    with pytest.raises(Refused, match=sentence):
        episodes.record_clearance(Episode.objects.get().pk, "doctor", assessed_on, patient, at(DAY_1, 20))
    assert not Clearance.objects.exists()


def test_only_a_stopped_plan_takes_a_clearance():
    episode = open_episode()
    with pytest.raises(Refused, match="not stopped"):
        episodes.record_clearance(episode.pk, "doctor", DAY_1, episode.patient, at(DAY_1))


def override(episode, **changes):
    values = {
        "phase": "heat_cold",
        "run_level": "",
        "reason": "Let it settle.",
        "expires_on": DAY_1 + timedelta(days=3),
    }
    clinician = make_clinician(make_clinic())
    return episodes.override(episode.pk, made_by=clinician, now=at(DAY_1, 10), **{**values, **changes})


def test_an_override_moves_the_patient_at_once_and_says_why():
    episode = open_episode()
    override(episode)
    episode.refresh_from_db()
    assert episode.phase == "heat_cold"
    assert Decision.objects.standing().get(episode=episode, day=DAY_1).rule == "override"


def test_an_override_lapses_by_itself():
    episode = open_episode()
    override(episode)
    for n in range(6):
        check_in(episode.patient, DAY_1 + timedelta(days=n))
    rules = list(Decision.objects.standing().filter(episode=episode).values_list("rule", flat=True))
    assert rules[3] == "override" and "override" not in rules[4:]


def test_an_ended_override_hands_back_to_the_rules():
    episode = open_episode()
    override(episode)
    episodes.end_override(episode.pk, make_user("clinician"), at(DAY_2, 9))
    assert check_in(episode.patient, DAY_2).decision.rule != "override"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "  "}, "Give a reason"),
        ({"phase": "sprinting"}, "one of the phases"),
        ({"run_level": "R2"}, "run level"),
        ({"phase": "return_to_running"}, "run level"),
        ({"expires_on": DAY_1}, "after today"),
        ({"expires_on": DAY_1 + timedelta(days=200)}, "within 90 days"),
    ],
)
def test_an_override_that_makes_no_sense_is_refused(changes, sentence):
    episode = open_episode()
    with pytest.raises(Refused, match=sentence):
        override(episode, **changes)
    assert not Override.objects.exists()


def test_a_stopped_plan_cannot_be_overridden():
    episode = open_episode(red_flags=("RF03",))
    with pytest.raises(Refused, match="warning sign"):
        override(episode)


def test_a_readiness_checklist_is_passed_when_every_item_is():
    patient = open_episode().patient
    partly = episodes.record_readiness(patient, {"bridge"}, at(DAY_1))
    fully = episodes.record_readiness(patient, set(episodes.READINESS_ITEMS), at(DAY_1))
    assert (partly.is_passed, fully.is_passed) == (False, True)


def test_a_sign_after_todays_clearance_waits_for_tomorrows():
    patient = open_episode().patient
    check_in(patient, DAY_1, red_flags=("RF11",))
    episode = Episode.objects.get()
    episodes.record_clearance(episode.pk, "doctor", DAY_2, patient, at(DAY_2, 9))
    check_in(patient, DAY_2, red_flags=("RF11",))
    with pytest.raises(Refused, match="already recorded today"):
        episodes.record_clearance(episode.pk, "doctor", DAY_2, patient, at(DAY_2, 21))


def test_a_sign_in_the_answers_after_todays_clearance_stops_the_plan_again():
    patient = open_episode().patient
    check_in(patient, DAY_2, made_at=at(DAY_2, 8), red_flags=("RF19",))
    episode = Episode.objects.get()
    episodes.record_clearance(episode.pk, "doctor", DAY_2, patient, at(DAY_2, 10))
    assert episodes.restart(patient, answers(red_flags=("RF01",)), at(DAY_2, 11)).is_stopped
    assert Escalation.objects.filter(code="RF01").exists()


def test_a_sign_corrected_in_after_todays_clearance_stops_the_plan_again():
    patient, key = open_episode().patient, uuid4()
    check_in(patient, DAY_1, key=key, made_at=at(DAY_1, 8), red_flags=("RF19",))
    episodes.record_clearance(Episode.objects.get().pk, "doctor", DAY_1, patient, at(DAY_1, 10))
    check_ins.correct(
        patient, entry(DAY_1, key=key, made_at=at(DAY_1, 11), red_flags=("RF19",), average=4), at(DAY_1, 11)
    )
    assert not Episode.objects.get().is_stopped
    check_ins.correct(patient, entry(DAY_1, key=key, made_at=at(DAY_1, 12), red_flags=("RF19", "RF01")), at(DAY_1, 12))
    assert Episode.objects.get().is_stopped


def test_after_a_flight_over_the_date_line_nothing_is_recorded_before_the_plan_began():
    patient = make_user(time_zone="Pacific/Auckland")
    episode = open_episode(patient, now=at(DAY_1, 18))
    patient.time_zone = "America/Los_Angeles"
    patient.save()
    assert episodes.record_readiness(patient, set(), at(DAY_1, 19)).day == episode.started_on == DAY_2
    made = episodes.override(episode.pk, "rest", "", "Sore.", DAY_2 + timedelta(days=5), patient, at(DAY_1, 19))
    assert made.starts_on == DAY_2


def test_a_change_by_hand_waits_for_the_starting_questions():
    patient = open_episode().patient
    later = DAY_1 + timedelta(days=20)
    for day in (DAY_1, later):
        check_in(patient, day)
    with pytest.raises(Refused, match="a few starting questions again"):
        episodes.override(
            Episode.objects.get().pk,
            "rest",
            "",
            "Sore.",
            later + timedelta(days=5),
            make_user("clinician"),
            at(later, 20),
        )


def test_signs_at_the_start_can_be_cleared_on_the_first_day():
    episode = open_episode(red_flags=("RF19",))
    episodes.record_clearance(episode.pk, "doctor", DAY_1, episode.patient, at(DAY_1, 10))
    assert not Episode.objects.get().is_stopped


def test_a_clearance_covers_the_signs_told_before_it_on_the_same_day():
    patient = open_episode().patient
    check_in(patient, DAY_1, red_flags=("RF19",))
    check_in(patient, DAY_2, made_at=at(DAY_2, 8), red_flags=("RF01",))
    episodes.record_clearance(Episode.objects.get().pk, "doctor", DAY_2, patient, at(DAY_2, 10))
    assert not Episode.objects.get().is_stopped
