from .audit import AuditedPatient, AuditEvent
from .bucket import Bucket
from .choices import Scope
from .clinic import Clinic, Membership
from .consent import Consent
from .erasure import Erasure
from .invitation import Invitation
from .token import ApiToken
from .user import User

__all__ = [
    "ApiToken",
    "AuditEvent",
    "AuditedPatient",
    "Bucket",
    "Clinic",
    "Consent",
    "Erasure",
    "Invitation",
    "Membership",
    "Scope",
    "User",
]
