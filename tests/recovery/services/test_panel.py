"""Who stands where on the panel, and why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery.models import CheckIn, Decision, Episode, Escalation, Finding, OutboxMessage
from recovery.services import outbox
from recovery.services.attention import ORDER
from recovery.services.panel import SPARK_DAYS, Wish, panel
from tests import factories as make

TODAY = make.DAY_1 + timedelta(days=20)
NOW = make.at(TODAY, 20)


@pytest.fixture
def clinic(db):
    return make.make_clinic()


@pytest.fixture
def clinician(clinic):
    return make.make_clinician(clinic, display_name="Tom")


def person(clinic, name="Marek", **fields) -> Episode:
    """Somebody who shares with the clinic and checked in today."""
    patient = make.make_user(display_name=name, **fields)
    make.share(patient, clinic)
    episode = make.open_episode(patient)
    change(episode, last_check_in_on=TODAY, folded_through=TODAY)
    return episode


def change(episode, **values):
    Episode.objects.filter(pk=episode.pk).update(**values)


def raised(episode, code, urgency="RT", ago=timedelta(hours=2), **fields):
    return Escalation.objects.create(
        episode=episode, code=code, urgency=urgency, day=TODAY, raised_at=NOW - ago, **fields
    )


def taken(episode, code, by, urgency="RT", **fields):
    return raised(episode, code, urgency, status="acknowledged", taken_by=by, taken_at=NOW, **fields)


def gate(episode, unmet, met=("run_gate_settled_pain", "run_gate_sessions")):
    """In low-impact activity with these criteria of the run gate met and unmet today."""
    change(episode, phase="low_impact")
    decision = Decision.objects.create(
        episode=episode,
        day=TODAY,
        outcome="hold",
        rule="run_gate_readiness",
        phase="low_impact",
        from_phase="low_impact",
        plan_version=episode.plan_version,
        rules_version="1",
        decided_at=NOW,
    )
    verdicts = [(rule, "met") for rule in met] + [(rule, "unmet") for rule in unmet]
    Finding.objects.bulk_create(
        Finding(decision=decision, position=n, rule=rule, verdict=verdict) for n, (rule, verdict) in enumerate(verdicts)
    )


SITUATIONS = {
    "a red flag nobody took": ("warning_sign", "RF01", lambda e, c: raised(e, "RF01", "EM")),
    "a red flag somebody took": ("warning_sign", "RF11", lambda e, c: taken(e, "RF11", c, "SD")),
    "a stop without a clearance": ("warning_sign", "stopped", lambda e, c: change(e, stopped_on=TODAY)),
    "severe pain nobody took for two days": ("overdue", "E7", lambda e, c: raised(e, "E7", "WD", timedelta(days=3))),
    "weeks of pain nobody took for a week": ("overdue", "E2", lambda e, c: raised(e, "E2", "RT", timedelta(days=8))),
    "rising pain": ("worse", "E5", lambda e, c: raised(e, "E5", "WD")),
    "severe pain": ("worse", "E7", lambda e, c: raised(e, "E7", "WD")),
    "night pain": ("worse", "E10", lambda e, c: raised(e, "E10", "WD")),
    "flares": ("worse", "E8", lambda e, c: raised(e, "E8")),
    "weeks of pain": ("review", "E2", lambda e, c: raised(e, "E2")),
    "old advice": ("review", "E1", lambda e, c: raised(e, "E1", "AD", timedelta(days=90))),
    "four quiet days on old advice": (
        "quiet",
        "silent",
        lambda e, c: (
            raised(e, "E1", "AD", timedelta(days=90)),
            change(e, last_check_in_on=TODAY - timedelta(days=4)),
        ),
    ),
    "a caution": ("review", "CA1", lambda e, c: raised(e, "CA1")),
    "back after a quiet week": ("review", "E9-7d", lambda e, c: raised(e, "E9-7d")),
    "four quiet days": ("quiet", "silent", lambda e, c: change(e, last_check_in_on=TODAY - timedelta(days=4))),
    "never a check-in": ("quiet", "never_checked_in", lambda e, c: change(e, last_check_in_on=None)),
    "a long break": (
        "quiet",
        "awaiting_intake",
        lambda e, c: change(e, last_check_in_on=TODAY - timedelta(days=15), awaiting_intake=True),
    ),
    "a plateau": ("plateau", "E6", lambda e, c: raised(e, "E6")),
    "weeks of pain somebody took": ("waiting", "E2", lambda e, c: taken(e, "E2", c)),
    "only the checklist missing": ("ready", "run_gate_readiness", lambda e, c: gate(e, ["run_gate_readiness"])),
    "only a review missing": ("ready", "run_gate_review", lambda e, c: gate(e, ["run_gate_review"])),
    "walks missing too": ("on_way", "hold", lambda e, c: gate(e, ["run_gate_readiness", "run_gate_walks"])),
    "three quiet days": (
        "on_way",
        "awaiting_intake",
        lambda e, c: change(e, last_check_in_on=TODAY - timedelta(days=3), awaiting_intake=True),
    ),
    "a week's silence in prevention": (
        "on_way",
        "hold",
        lambda e, c: (gate(e, []), change(e, phase="prevention", last_check_in_on=TODAY - timedelta(days=7))),
    ),
    "a closed escalation": ("on_way", "hold", lambda e, c: (gate(e, []), raised(e, "E2", status="resolved"))),
}


@pytest.mark.parametrize(("attention", "reason", "happens"), SITUATIONS.values(), ids=SITUATIONS)
def test_each_situation_has_its_place_and_its_reason(clinic, clinician, attention, reason, happens):
    happens(person(clinic), clinician)
    row = panel(clinician, NOW).rows[0]
    assert (row.attention, row.reason_code) == (attention, reason)


def test_the_panel_runs_from_the_most_to_the_least_pressing(clinic, clinician):
    for name, (_, _, happens) in reversed(SITUATIONS.items()):
        happens(person(clinic, name), clinician)
    places = [ORDER.index(row.attention) for row in panel(clinician, NOW).rows]
    assert places == sorted(places)
    assert set(places) == set(range(len(ORDER)))


def test_within_a_group_the_more_urgent_and_then_the_longer_waiting_comes_first(clinic, clinician):
    raised(person(clinic, "third"), "RF16", "WD")
    raised(person(clinic, "second"), "RF01", "EM", timedelta(minutes=1))
    raised(person(clinic, "first"), "RF02", "EM", timedelta(minutes=50))
    assert [row.patient_name for row in panel(clinician, NOW).rows] == ["first", "second", "third"]


def test_the_most_pressing_of_several_escalations_is_the_reason(clinic, clinician):
    episode = person(clinic)
    for code, urgency in [("E6", "RT"), ("E2", "RT"), ("E3", "RT"), ("E11", "RT")]:
        raised(episode, code, urgency)
    row = panel(clinician, NOW).rows[0]
    assert row.reason_code == "E3"
    assert {item.code for item in row.open_escalations} == {"E2", "E3", "E6", "E11"}


def test_silence_is_answered_before_the_advice_that_came_before_it(clinic, clinician):
    episode = person(clinic)
    change(episode, last_check_in_on=TODAY - timedelta(days=9))
    raised(episode, "E1", "AD", timedelta(days=12))
    raised(episode, "E9-7d", ago=timedelta(days=2))
    row = panel(clinician, NOW).rows[0]
    assert (row.attention, row.reason_code, row.days_silent) == ("quiet", "silent", 9)
    assert [item.code for item in row.open_escalations] == ["E9-7d", "E1"]


def test_a_taken_escalation_does_not_hide_an_open_one(clinic, clinician):
    episode = person(clinic)
    taken(episode, "E7", clinician, "WD")
    raised(episode, "E2")
    assert panel(clinician, NOW).rows[0].reason_code == "E2"


@pytest.mark.parametrize(
    ("state", "undelivered"),
    [
        ({"state": "failed", "ended_at": NOW}, True),
        ({"state": "withheld", "reason": "no_channel", "ended_at": NOW}, True),
        ({"state": "due", "created_at": NOW - timedelta(minutes=16)}, True),
        ({"state": "claimed", "created_at": NOW - timedelta(minutes=16)}, True),
        ({"state": "due", "created_at": NOW - timedelta(minutes=14)}, False),
        ({"state": "sent", "ended_at": NOW}, False),
        ({"state": "withheld", "reason": "resolved", "ended_at": NOW}, False),
    ],
)
def test_a_message_that_did_not_arrive_is_seen(clinic, clinician, state, undelivered):
    escalation = raised(person(clinic), "E2")
    outbox.write([outbox.message("k", "escalation_clinic", NOW, escalation=escalation, recipient=clinician)])
    OutboxMessage.objects.update(**state)
    row = panel(clinician, NOW).rows[0]
    assert (row.undelivered, row.open_escalations[0].undelivered) == (undelivered, undelivered)


def test_a_row_tells_phase_silence_and_the_last_score(clinic, clinician):
    episode = person(clinic)
    make.check_in(episode.patient, make.DAY_1, average=3)
    make.check_in(episode.patient, make.DAY_1 + timedelta(days=1), average=2)
    row = panel(clinician, NOW).rows[0]
    assert (row.phase, row.phase_position, row.last_average, row.days_silent) == ("gentle_stretching", 3, 2, 19)
    assert row.day_in_phase == 21


def test_the_spark_keeps_missing_days_missing(clinic, clinician):
    episode = person(clinic)
    make.check_in(episode.patient, TODAY - timedelta(days=2), average=4, made_at=make.at(TODAY - timedelta(days=2)))
    make.check_in(episode.patient, TODAY, average=3)
    spark = panel(clinician, NOW).rows[0].spark
    assert len(spark) == SPARK_DAYS
    assert spark[-3:] == (4, None, 3)
    assert set(spark[:-3]) == {None}


def test_a_corrected_score_replaces_the_old_one(clinic, clinician):
    episode = person(clinic)
    first = make.check_in(episode.patient, TODAY, average=3)
    make.check_ins.correct(episode.patient, make.entry(TODAY, key=first.check_in.key, average=2), NOW)
    assert panel(clinician, NOW).rows[0].last_average == 2
    assert CheckIn.objects.count() == 2


def test_days_are_counted_where_the_patient_lives(clinic, clinician):
    day = make.DAY_1 + timedelta(days=16)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        change(person(clinic, zone, time_zone=zone), last_check_in_on=day)
    found = {row.patient_name: row for row in panel(clinician, NOW).rows}
    assert (found["Pacific/Kiritimati"].days_silent, found["Pacific/Kiritimati"].attention) == (5, "quiet")
    assert (found["Pacific/Pago_Pago"].days_silent, found["Pacific/Pago_Pago"].attention) == (4, "quiet")


def test_only_open_episodes_of_people_who_share_are_shown(clinic, clinician):
    person(clinic, "here")
    make.open_episode(make.make_user(display_name="shares with nobody"))
    change(person(clinic, "ended"), closed_at=NOW, close_reason="recovered")
    assert [row.patient_name for row in panel(clinician, NOW).rows] == ["here"]


def test_somebody_who_shares_with_two_of_my_clinics_is_shown_once(clinic, clinician):
    second = make.make_clinic("Mill Lane")
    clinician.memberships.create(clinic=second, joined_at=NOW)
    make.share(person(clinic).patient, second)
    found = panel(clinician, NOW)
    assert (len(found.rows), found.total) == (1, 1)


@pytest.mark.parametrize(
    ("text", "found"), [("dvo", ["Marek Dvorak"]), ("  HANA ", ["Hana Sato"]), ("zzz", []), ("%", [])]
)
def test_people_are_found_by_part_of_their_name(clinic, clinician, text, found):
    person(clinic, "Marek Dvorak")
    person(clinic, "Hana Sato")
    assert [row.patient_name for row in panel(clinician, NOW, Wish(search=text)).rows] == found


def test_the_panel_narrows_to_one_clinic_and_one_reason(clinic, clinician):
    second = make.make_clinic("Mill Lane")
    clinician.memberships.create(clinic=second, joined_at=NOW)
    raised(person(clinic, "harbour"), "E2")
    person(second, "mill")
    assert [row.patient_name for row in panel(clinician, NOW, Wish(clinic_id=second.pk)).rows] == ["mill"]
    found = panel(clinician, NOW, Wish(attention="review"))
    assert [row.patient_name for row in found.rows] == ["harbour"]
    assert found.total == 2


def test_pages_cover_everybody_once_and_stay_in_range(clinic, clinician, monkeypatch):
    monkeypatch.setattr("recovery.services.panel.PAGE_SIZE", 2)
    for number in range(5):
        person(clinic, f"P{number}")
    names = [row.patient_name for page in (1, 2, 3) for row in panel(clinician, NOW, page=page).rows]
    assert names == ["P0", "P1", "P2", "P3", "P4"]
    assert panel(clinician, NOW, page=99).page == 3


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_patients(clinic, clinician):
    def asked():
        with CaptureQueriesContext(connection) as ran:
            panel(clinician, NOW)
        return len(ran)

    situations = [happens for _, _, happens in SITUATIONS.values()]
    for happens in situations:
        happens(person(clinic), clinician)
    few = asked()
    for happens in situations:
        happens(person(clinic), clinician)
    assert asked() == few <= 10
