"""The second step of signing in: staff have one before anything else opens."""

from http import HTTPStatus

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from ..sealing import seal, unseal
from ..services.key_rotation import SEED_PLACE

STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What somebody without a factor still needs: to set one up, to say who they are, to leave.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "account_set_password",
    "account_change_password",
    "healthz",
    "readyz",
}
SET_UP = "mfa_"


class StaffNeedOne:
    """Sends a clinician or an admin without a second factor to the page where they set one up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_STEP or _is_open(request.resolver_match) or not _lacks_one(request.user):
            return None
        if request.resolver_match.namespaces[:1] == ["api"]:
            return HttpResponse(status=HTTPStatus.FORBIDDEN)
        return redirect("mfa_index")


class MfaAdapter(DefaultMFAAdapter):
    """Staff exchange their last factor for another one; the database holds no factor's secret in the clear."""

    def encrypt(self, text):
        return seal(text, SEED_PLACE)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text, SEED_PLACE)

    def can_delete_authenticator(self, authenticator):
        user = authenticator.user
        if not settings.SECOND_STEP or user.is_patient or authenticator.type not in STRONG:
            return True
        return Authenticator.objects.filter(user=user, type__in=STRONG).exclude(pk=authenticator.pk).exists()


def _is_open(match) -> bool:
    name = match.url_name or ""
    return not match.namespaces and (name in OPEN or name.startswith(SET_UP))


def _lacks_one(user) -> bool:
    return user.is_authenticated and not user.is_patient and not is_mfa_enabled(user, STRONG)
