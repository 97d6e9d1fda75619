"""Guessing at the doors: passwords, codes, links."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Bucket
from accounts.web import limits

WRONG = "This email address and password do not go together"
ENOUGH = "Too many tries for now"


def guess(client, email="nora@example.test", **headers):
    page = client.post(reverse("account_login"), {"login": email, "password": "no-such-word"}, headers=headers)
    text = page.content.decode()
    return "wrong" if WRONG in text else "enough" if ENOUGH in text else page.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["nora@example.test", "nobody@example.test"])
def test_ten_wrong_passwords_for_an_account_are_enough_whether_or_not_it_exists(client, patient, email):
    assert [guess(client, email) for _ in range(12)] == ["wrong"] * 10 + ["enough"] * 2
    assert guess(client, "another@example.test") == "wrong"


@pytest.mark.django_db
def test_an_emptied_cache_gives_no_more_tries(client, patient):
    for _ in range(10):
        guess(client)
    cache.clear()
    assert guess(client) == "enough"


@pytest.mark.django_db
@time_machine.travel("2026-03-01T12:00:00Z", tick=False)
def test_what_a_stranger_claims_about_where_they_come_from_changes_nothing(client, patient):
    said = [guess(client, f"{n}@example.test", **{"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(32)]
    assert said == ["wrong"] * 30 + ["enough"] * 2


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_exactly_ten_are_heard(patient):
    guesses = 24
    gate = Barrier(guesses)

    def one(_):
        try:
            gate.wait()
            return guess(Client())
        finally:
            connection.close()

    with ThreadPoolExecutor(guesses) as pool:
        said = Counter(pool.map(one, range(guesses)))
    print(f"\npromised 10 of {guesses} guesses at once heard, seen {said['wrong']}")
    assert said == {"wrong": 10, "enough": guesses - 10}


@pytest.mark.django_db
@pytest.mark.parametrize("page", sorted(limits.CODES))
def test_a_sign_in_may_try_five_codes(client, page):
    codes = [client.post(reverse(page), {"code": "000000"}).status_code for _ in range(7)]
    assert 429 not in codes[:5] and codes[5:] == [429, 429]


@pytest.mark.django_db
@time_machine.travel("2026-03-01T12:00:00Z", tick=False)
@pytest.mark.parametrize("address", ["/invitations/{}/", "/calendar/{}.ics", "/unsubscribe/{}/"])
def test_links_nobody_was_sent_are_not_guessed_for_long(client, address):
    tries = limits.AN_UNKNOWN_LINK.tries
    said = [client.get(address.format(f"guess{n}")).status_code for n in range(tries + 2)]
    assert said == [404] * tries + [429] * 2
    assert Bucket.objects.count() == 1
