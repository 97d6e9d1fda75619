from .clinic import Clinic, Invitation, Membership
from .consent import Consent
from .token import ApiToken
from .user import User

__all__ = ["ApiToken", "Clinic", "Consent", "Invitation", "Membership", "User"]
