"""Opening a record in an emergency: for an hour, to read, told to patient and admins, reviewed once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import AuditEvent
from recovery.models import AppendOnlyError, EmergencyAccess, EmergencyReview, OutboxMessage
from recovery.services import emergencies, erasure
from recovery.services.refusals import Refused
from tests import factories as make

NOW = make.at(make.DAY_1, 12)
pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    return make.open_episode().patient


@pytest.fixture
def clinician():
    return make.make_clinician(make.make_clinic())


@pytest.fixture
def admin():
    return make.make_user("admin")


def opened(clinician, patient, now=NOW, explanation="Found on the track, does not answer."):
    return emergencies.open_record(clinician, patient.email, "cannot_answer", explanation, now)


def test_patient_and_every_admin_are_told_at_once_without_a_detail(clinician, patient, admin):
    opened(clinician, patient)
    letters = OutboxMessage.objects.filter(kind__startswith="emergency_")
    assert {(row.kind, row.recipient, row.due_at) for row in letters} == {
        ("emergency_patient", patient, NOW),
        ("emergency_admin", admin, NOW),
    }
    assert not any(row.context or row.episode_id for row in letters)


def test_it_stands_in_the_trail_with_its_reason(clinician, patient):
    access = opened(clinician, patient)
    row = AuditEvent.objects.get()
    assert (row.action, row.actor, row.details) == ("emergency", clinician.pk, f"cannot_answer {access.pk}")
    assert [each.patient for each in row.patients.all()] == [patient.pk]


def test_it_lasts_an_hour_and_asked_again_it_is_the_same(clinician, patient):
    access, later = opened(clinician, patient), NOW + timedelta(minutes=59)
    assert opened(clinician, patient, later).pk == access.pk
    assert EmergencyAccess.objects.standing(later).exists()
    assert not EmergencyAccess.objects.standing(NOW + timedelta(minutes=60)).exists()


def test_the_database_refuses_to_lengthen_it(clinician, patient):
    access = opened(clinician, patient)
    with pytest.raises(AppendOnlyError):
        access.save()
    with pytest.raises(DatabaseError, match="emergency"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update recovery_emergencyaccess set opened_at = %s", [NOW + timedelta(hours=1)])


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [({"reason": "curious"}, "emergency_access_has_a_known_reason"), ({"explanation": ""}, "emergency_access_is_exp")],
)
def test_the_database_refuses_one_without_a_reason(clinician, patient, wrong, constraint):
    fields = {"patient": patient, "opened_by": clinician, "opened_at": NOW, "reason": "other", "explanation": "x"}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EmergencyAccess.objects.create(**{**fields, **wrong})


def test_a_fourth_of_one_day_is_refused(clinician):
    for _ in range(emergencies.MOST_A_DAY):
        opened(clinician, make.open_episode().patient)
    with pytest.raises(Refused, match="Call an admin"):
        opened(clinician, make.open_episode().patient)


def test_whoever_shares_is_opened_the_usual_way(clinician, patient):
    make.share(patient, clinician.memberships.get().clinic)
    with pytest.raises(Refused, match="shares with your clinic"):
        opened(clinician, patient)


def test_an_address_without_a_record_a_blank_reason_and_a_clinician_of_no_clinic_are_refused(clinician, patient):
    for who, whose, why in (
        (clinician, make.make_user(), "x"),
        (clinician, make.make_user("admin"), "x"),
        (clinician, patient, "  "),
        (make.make_user("clinician"), patient, "x"),
    ):
        with pytest.raises(Refused):
            opened(who, whose, explanation=why)
    assert not EmergencyAccess.objects.exists() and not OutboxMessage.objects.exists()


def test_an_admin_reviews_it_once_and_that_stays(clinician, patient, admin):
    access = opened(clinician, patient)
    emergencies.review(access.pk, admin, "right", "The ward confirms it.", NOW + timedelta(days=1))
    with pytest.raises(Refused, match="already"):
        emergencies.review(access.pk, admin, "wrong", "Second thoughts.", NOW + timedelta(days=2))
    assert EmergencyReview.objects.get().outcome == "right"
    assert not EmergencyAccess.objects.unreviewed().exists()


def test_it_goes_with_the_patient_when_they_are_erased(clinician, patient, admin):
    emergencies.review(opened(clinician, patient).pk, admin, "right", "Asked.", NOW)
    erasure.erase(patient, NOW)
    assert not EmergencyAccess.objects.exists() and not EmergencyReview.objects.exists()
