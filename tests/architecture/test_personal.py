"""Every kind of row is declared: about a patient, and then exported and erased, or not."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from recovery.services.personal import BY_ADDRESS, NOT_PERSONAL, PERSONAL, SECRET

OURS = ("accounts", "recovery")
LIBRARIES = ("account", "mfa", "usersessions")
ADVICE = "add it to recovery/services/personal.py: PERSONAL with the way to the patient, or NOT_PERSONAL"
# Columns that name somebody of the staff; a patient never stands in them, or is reached on another way too.
OF_STAFF = {
    "accounts.Membership.user",
    "accounts.Invitation.invited_by",
    "recovery.Absence.announced_by",
    "recovery.BackTest.asked_by",
    "recovery.CohortTrial.asked_by",
    "recovery.PlanApproval.approved_by",
    "recovery.PlanVersion.edited_by",
    "recovery.PlanVersion.published_by",
    "recovery.SavedView.owner",
    "recovery.StaffWish.person",
}


def models():
    return [model for model in apps.get_models() if model._meta.app_label in (*OURS, *LIBRARIES)]


def test_every_model_is_declared_personal_or_not():
    undeclared = {model._meta.label for model in models()} - set(PERSONAL) - NOT_PERSONAL
    assert not undeclared, f"{sorted(undeclared)}: {ADVICE}"


def test_nothing_is_declared_that_is_not_there_or_twice():
    known = {model._meta.label for model in models()}
    assert set(PERSONAL) | NOT_PERSONAL <= known and not set(PERSONAL) & NOT_PERSONAL


def test_what_points_at_a_patient_s_row_is_personal_itself():
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in models()
        if model._meta.label in NOT_PERSONAL
        for field in model._meta.concrete_fields
        if field.related_model is not None and field.related_model._meta.label in PERSONAL
    }
    assert pointing - OF_STAFF - {"accounts.AuditedPatient.event"} == set(), ADVICE


def test_every_way_leads_to_a_person_or_an_address():
    for label, ways in PERSONAL.items():
        for way in ways:
            model = apps.get_model(label)
            *steps, last = way.split("__")
            for step in steps:
                model = model._meta.get_field(step).related_model
            if last != "pk":
                field = model._meta.get_field(last)
                points_at_person = (
                    field.related_model is not None and field.related_model._meta.label == "accounts.User"
                )
                assert points_at_person or last in BY_ADDRESS or label == "accounts.AuditEvent", (label, way)


def test_every_secret_is_a_column():
    for label, names in SECRET.items():
        for name in names:
            try:
                apps.get_model(label)._meta.get_field(name)
            except FieldDoesNotExist:
                raise AssertionError(f"{label} has no column {name}") from None
