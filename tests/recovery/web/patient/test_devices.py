"""Notifications in the settings: offered when there is a key, listed, removed, never for somebody else."""

import pytest
from django.urls import reverse

from recovery.channels import web_push
from recovery.models import Device, EmailStanding, ReminderSetting
from recovery.web.ways.device_names import name_of
from tests import factories
from tests.recovery.channels.phone import Phone

from .conftest import words

SETTINGS, ADD = reverse("patient:settings"), reverse("patient:devices")
ANDROID = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
WISH = {"is_on": "on", "at": "19:00", "weekdays": ["0"]}


@pytest.fixture(autouse=True)
def key(settings):
    settings.VAPID_PRIVATE_KEY = web_push.new_private_key()


@pytest.fixture
def subscription():
    phone = Phone()
    return {"address": "https://fcm.googleapis.com/x/1", "key": phone.key, "secret": phone.secret}


@pytest.fixture
def device(page, episode, subscription):
    page.post(ADD, subscription, headers={"User-Agent": ANDROID})
    return Device.objects.get()


def test_without_a_key_nothing_is_offered(page, episode, settings):
    settings.VAPID_PRIVATE_KEY = ""
    assert "Notify me on this device" not in words(page.get(SETTINGS))


def test_a_subscribed_browser_is_listed_by_a_name_its_owner_knows(page, device):
    shown = words(page.get(SETTINGS))
    assert device.name == "Firefox on Android" and "Firefox on Android" in shown and device.digest in shown


def test_a_removed_device_is_gone(page, device):
    assert page.post(reverse("patient:remove_device", args=[device.pk])).status_code == 303
    assert not Device.objects.exists()
    assert page.post(reverse("patient:remove_device", args=[device.pk])).status_code == 404


def test_somebody_else_s_device_is_not_there(page, episode, subscription):
    other = Device.objects.create(
        person=factories.make_user(), name="x", digest="x", added_at=factories.at(factories.DAY_1)
    )
    assert page.post(reverse("patient:remove_device", args=[other.pk])).status_code == 404
    assert Device.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"address": "http://127.0.0.1:6379/"},
        {"address": "https://169.254.169.254/latest"},
        {"address": ""},
        {"address": "https://fcm.googleapis.com/" + "x" * 1000},
        {"key": "junk"},
        {"secret": "\x00"},
    ],
)
def test_a_subscription_that_makes_no_sense_gets_a_sentence(page, episode, subscription, change):
    answer = page.post(ADD, {**subscription, **change})
    assert answer.status_code == 400 and "needs a look" in words(answer)
    assert not Device.objects.exists()


def test_e_mail_may_be_switched_off_where_a_device_is_notified(page, device, patient):
    assert page.post(reverse("patient:reminder"), WISH).status_code == 303
    assert EmailStanding.objects.get(person=patient).unsubscribed_at and ReminderSetting.objects.get().is_on


def test_who_removed_the_last_way_is_told(page, device, patient):
    page.post(reverse("patient:reminder"), WISH)
    assert "Nothing can reach you" not in words(page.get(SETTINGS))
    page.post(reverse("patient:remove_device", args=[device.pk]))
    assert "Nothing can reach you" in words(page.get(SETTINGS))


def test_a_reminder_without_any_way_gets_a_sentence(page, episode):
    answer = page.post(reverse("patient:reminder"), WISH)
    assert answer.status_code == 400 and "Nothing would reach you" in words(answer)
    assert not ReminderSetting.objects.exists() and not EmailStanding.objects.exists()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (ANDROID, "Firefox on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("", "A browser"),
        ("<script>", "A browser"),
    ],
)
def test_a_device_is_named_after_its_browser(agent, name):
    assert name_of(agent) == name
