"""A browser's changed push address: renewed for the same person, once, and for nobody who cannot prove it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from recovery.channels import AddressRefused, web_push
from recovery.models import Device, OutboxMessage
from recovery.services import devices, outbox
from tests import factories as make
from tests.recovery.channels.phone import Phone

pytestmark = pytest.mark.django_db
NOW = make.at(make.DAY_1, 12)
OLD, NEW = "https://fcm.googleapis.com/x/old", "https://fcm.googleapis.com/x/new"


@pytest.fixture(autouse=True)
def key(settings):
    settings.VAPID_PRIVATE_KEY = web_push.new_private_key()


@pytest.fixture
def before():
    return Phone()


@pytest.fixture
def device(before):
    return devices.add(make.make_user(), OLD, before.key, before.secret, "Firefox on Android", NOW)


@pytest.fixture
def said(before):
    after = Phone()
    return {"old": OLD, "proof": before.secret, "address": NEW, "key": after.key, "secret": after.secret}


def renew(said) -> int:
    return Client(enforce_csrf_checks=True).post(reverse("phone:renew_push"), said).status_code


def test_the_new_address_takes_the_place_of_the_old_one_for_the_same_person_signed_in_or_not(device, said):
    assert renew(said) == 204
    row = Device.objects.get()
    assert (row.pk, row.person_id, row.address, row.key) == (device.pk, device.person_id, NEW, said["key"])


def test_said_twice_nothing_changes(device, said):
    assert [renew(said), renew(said)] == [204, 204]
    assert Device.objects.get().address == NEW


@pytest.mark.parametrize(
    "change",
    [
        {"proof": "guessed"},
        {"proof": "\N{SNOWMAN}"},
        {"old": "https://fcm.googleapis.com/x/nobody"},
        {"address": "https://127.0.0.1/"},
        {"key": "junk"},
        {"secret": ""},
        {"old": ""},
    ],
)
def test_who_cannot_prove_it_or_makes_no_sense_finds_nothing_and_changes_nothing(device, said, change):
    assert renew({**said, **change}) == 404
    assert Device.objects.get().address == OLD


def test_a_removed_device_stays_removed(device, said):
    devices.remove(device.person, device.pk)
    assert renew(said) == 404 and not Device.objects.exists()


def test_a_new_address_that_stood_for_somebody_else_is_this_browser_s_alone_now(device, said):
    devices.add(make.make_user(), NEW, said["key"], said["secret"], "Firefox on Android", NOW)
    assert renew(said) == 204
    assert Device.objects.get().person_id == device.person_id


def test_what_waits_for_the_old_address_goes_to_the_new_one_and_its_refusal_forgets_nobody(device, said):
    outbox.write([outbox.message("k", "red_flag_patient", NOW, recipient=device.person)])
    push = OutboxMessage.objects.get().deliveries.get(channel="push")
    push.attempts.create(epoch=1, started_at=NOW)
    assert renew(said) == 204
    devices.note_refusal(push, AddressRefused("gone"))
    assert web_push.WebPush().can_reach(device.person, push.endpoint)


def test_without_a_key_of_ours_nothing_is_renewed(device, said, settings):
    settings.VAPID_PRIVATE_KEY = ""
    assert renew(said) == 404


def test_the_instant_of_the_renewal_is_kept(device, said):
    renewed = devices.renew(**said, now=NOW + timedelta(days=3))
    assert renewed.added_at == NOW + timedelta(days=3)
