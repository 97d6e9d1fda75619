from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from accounts.services.consent import SHARING_TEXT_VERSION, give_consent, withdraw_consent

pytestmark = pytest.mark.django_db
TEXTS = {"2026-11": "cf66db8ac9be44357820e87db160c8b68baee1ee5ef7553a098e904d6d54dcf1"}


def test_agreeing_twice_is_agreeing_once(consent, now):
    assert give_consent(consent.patient, consent.clinic, now + timedelta(days=1)) == consent


def test_agreeing_again_after_leaving_is_a_new_consent(consent, now):
    withdraw_consent(consent.patient, consent.clinic, now)
    again = give_consent(consent.patient, consent.clinic, now + timedelta(days=1))
    assert again.pk != consent.pk and again.withdrawn_at is None


def test_leaving_keeps_the_row_and_says_when(consent, now):
    assert withdraw_consent(consent.patient, consent.clinic, now + timedelta(days=2))
    consent.refresh_from_db()
    assert consent.withdrawn_at == now + timedelta(days=2) and consent.given_at == now


def test_there_is_nothing_to_end_twice(consent, other_clinic, now):
    assert withdraw_consent(consent.patient, consent.clinic, now)
    assert not withdraw_consent(consent.patient, consent.clinic, now)
    assert not withdraw_consent(consent.patient, other_clinic, now)


def test_other_words_get_another_version():
    words = Path(settings.BASE_DIR, "templates/accounts/sharing_text.html").read_bytes()
    assert sha256(words).hexdigest() == TEXTS[SHARING_TEXT_VERSION], "raise SHARING_TEXT_VERSION and note the digest"
