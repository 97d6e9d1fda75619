import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import ApiToken, AuditEvent
from accounts.services import tokens

pytestmark = pytest.mark.django_db


def test_somebody_who_lost_their_factors_starts_anew_and_the_trail_says_so(clinician, patient, now):
    for person in (clinician, patient):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    tokens.issue(clinician, timezone.now())
    out = io.StringIO()
    call_command("forget_factors", clinician.email, stdout=out)
    assert "removed: 1" in out.getvalue()
    assert [row.user for row in Authenticator.objects.all()] == [patient]
    assert not ApiToken.objects.active().exists()
    assert AuditEvent.objects.get().what == "manage:forget_factors"


def test_an_address_nobody_has_is_one_sentence():
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("forget_factors", "nobody@example.test")
