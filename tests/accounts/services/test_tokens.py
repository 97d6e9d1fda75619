from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.models import ApiToken
from accounts.services import tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(patient, now):
    return tokens.issue(patient, now, "phone")


def test_a_key_opens_for_its_person(issued, patient, now):
    token, secret = issued
    assert tokens.authenticate(secret, now) == token and tokens.authenticate(secret, now).user == patient


def test_only_a_digest_of_the_secret_is_kept(issued):
    token, secret = issued
    assert secret not in map(str, ApiToken.objects.filter(pk=token.pk).values().get().values())


def test_two_keys_have_two_secrets(issued, patient, now):
    assert tokens.issue(patient, now)[1] != issued[1]


@pytest.mark.parametrize("secret", ["", "wrong", "a" * 10_000])
def test_a_wrong_secret_opens_nothing(issued, now, secret):
    assert tokens.authenticate(secret, now) is None


def test_the_digest_itself_opens_nothing(issued, now):
    assert tokens.authenticate(issued[0].digest, now) is None


def test_a_revoked_key_opens_nothing(issued, now):
    token, secret = issued
    assert tokens.revoke(token, now) and not tokens.revoke(token, now)
    assert tokens.authenticate(secret, now) is None


def test_the_key_of_a_closed_account_opens_nothing(issued, patient, now):
    patient.is_active = False
    patient.save()
    assert tokens.authenticate(issued[1], now) is None


def test_a_use_is_noted_at_most_every_five_minutes(issued, now, django_assert_num_queries):
    token, secret = issued
    tokens.authenticate(secret, now)
    with django_assert_num_queries(1):
        tokens.authenticate(secret, now + timedelta(minutes=4))
    token.refresh_from_db()
    assert token.last_used_at == now
    tokens.authenticate(secret, now + timedelta(minutes=5))
    token.refresh_from_db()
    assert token.last_used_at == now + timedelta(minutes=5)


def test_a_clock_set_back_breaks_nothing(issued, now):
    assert tokens.authenticate(issued[1], now - timedelta(days=1))


@pytest.mark.parametrize(
    ("field", "constraint"),
    [
        ("last_used_at", "token_is_used_after_it_was_made"),
        ("revoked_at", "token_is_revoked_after_it_was_made"),
    ],
)
def test_nothing_happens_to_a_key_before_it_was_made(issued, now, field, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        ApiToken.objects.filter(pk=issued[0].pk).update(**{field: now - timedelta(days=1)})
