"""Which rows are about a patient: the one list that export, erasure and their tests go by.

Each model of ours, and each of a library's that can name a person, is in PERSONAL with the ways from a row to the
patient, or in NOT_PERSONAL. A way that ends in an address is followed with the patient's address.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

PERSONAL: dict[str, tuple[str, ...]] = {
    "accounts.User": ("pk",),
    "accounts.Consent": ("patient",),
    "accounts.Invitation": ("accepted_by", "email"),
    "accounts.ApiToken": ("user",),
    "accounts.AuditEvent": ("patients__patient",),
    "account.EmailAddress": ("user",),
    "account.EmailConfirmation": ("email_address__user",),
    "mfa.Authenticator": ("user",),
    "usersessions.UserSession": ("user",),
    "recovery.Episode": ("patient",),
    "recovery.Intake": ("episode__patient",),
    "recovery.CheckIn": ("patient",),
    "recovery.Decision": ("episode__patient",),
    "recovery.Finding": ("decision__episode__patient",),
    "recovery.SessionLog": ("episode__patient",),
    "recovery.ReadinessCheck": ("episode__patient",),
    "recovery.Clearance": ("episode__patient",),
    "recovery.GateDecision": ("episode__patient",),
    "recovery.Ending": ("episode__patient",),
    "recovery.Referral": ("episode__patient",),
    "recovery.Tightening": ("episode__patient",),
    "recovery.Override": ("episode__patient",),
    "recovery.Pause": ("episode__patient",),
    "recovery.PlanMove": ("episode__patient",),
    "recovery.DueMove": ("episode__patient",),
    "recovery.Escalation": ("episode__patient",),
    "recovery.Acknowledgement": ("escalation__episode__patient",),
    "recovery.Resolution": ("escalation__episode__patient",),
    "recovery.EmergencyAccess": ("patient",),
    "recovery.EmergencyReview": ("access__patient",),
    "recovery.PrivateNote": ("episode__patient",),
    "recovery.Care": ("episode__patient",),
    "recovery.FollowUp": ("episode__patient",),
    "recovery.ReminderSetting": ("patient",),
    "recovery.Reminder": ("episode__patient",),
    "recovery.EmailStanding": ("person",),
    "recovery.Device": ("person",),
    "recovery.CalendarLink": ("person",),
    "recovery.PhoneNumber": ("person",),
    "recovery.Thread": ("patient",),
    "recovery.ThreadMessage": ("thread__patient",),
    "recovery.ReadMark": ("thread__patient",),
    "recovery.OutboxMessage": ("recipient", "episode__patient", "address"),
    "recovery.Delivery": ("message__recipient", "message__episode__patient", "message__address"),
    "recovery.Attempt": (
        "delivery__message__recipient",
        "delivery__message__episode__patient",
        "delivery__message__address",
    ),
    "recovery.BackTestResult": ("episode__patient",),
    "recovery.Shortfall": ("episode__patient",),
}
# Kept after an erasure: they name people by an id that then belongs to nobody.
KEPT = {"accounts.AuditEvent"}
# Nothing in them is about a patient; people of the staff may be named.
NOT_PERSONAL = {
    "accounts.AuditedPatient",  # told with its event
    "accounts.Erasure",
    "accounts.Bucket",  # a digest of who tries and a time; gone an hour after it is full
    "accounts.Clinic",
    "accounts.Membership",
    "recovery.Absence",
    "recovery.BackTest",
    "recovery.BackTestShard",
    "recovery.ClinicDigest",
    "recovery.CohortPart",
    "recovery.CohortTrial",
    "recovery.Criterion",
    "recovery.Exercise",
    "recovery.Heartbeat",
    "recovery.Phase",
    "recovery.Plan",
    "recovery.PlanApproval",
    "recovery.PlanVersion",
    "recovery.PrescribedExercise",
    "recovery.RunLevel",
    "recovery.SavedView",
    "recovery.StaffWish",
    "recovery.Threshold",
}
# Never handed out: whoever reads an export must not be able to sign in with it.
SECRET: dict[str, set[str]] = {
    "accounts.User": {"password", "is_superuser", "is_staff"},
    "accounts.Invitation": {"digest"},
    "accounts.ApiToken": {"digest"},
    "accounts.AuditEvent": {"previous", "mac"},
    "account.EmailConfirmation": {"key"},
    "mfa.Authenticator": {"data"},
    "usersessions.UserSession": {"session_key", "data"},
    "recovery.CalendarLink": {"nonce", "digest"},
    "recovery.PhoneNumber": {"code_digest"},
    "recovery.Device": {"address", "digest", "key", "secret"},
    "recovery.Delivery": {"lease_boot", "lease_ends_up", "lease_until"},
}
BY_ADDRESS = ("email", "address")


def rows_about(patient, label: str) -> QuerySet:
    """Every row of one kind about this patient, whoever wrote it."""
    model: Any = apps.get_model(label)
    found = Q()
    for way in PERSONAL[label]:
        found |= Q(**{way: patient.email if way.rpartition("__")[2] in BY_ADDRESS else patient.pk})
    return model._base_manager.filter(pk__in=model._base_manager.filter(found).values("pk")).order_by("pk")


def handed_out(model: type[Model]) -> list[str]:
    """The columns of a model that an export holds."""
    secret = SECRET.get(model._meta.label, set())
    return [field.attname for field in model._meta.concrete_fields if field.name not in secret]


def everything_about(patient) -> Iterator[tuple[str, Iterator[Mapping]]]:
    """Each kind of row with its rows, read in portions."""
    for label in PERSONAL:
        rows = rows_about(patient, label)
        yield label, rows.values(*handed_out(rows.model)).iterator(chunk_size=500)
