"""A notification reaches a real push service, says nothing about anybody, and its failures have their own ends."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from py_vapid import Vapid02

from recovery.channels import AddressRefused, Permanent, Temporary, directory, http, web_push
from recovery.models import Attempt, Delivery, Device, OutboxMessage
from recovery.services import devices, outbox
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, make_user, open_episode

from .phone import Phone

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 12)
ADDRESS = "https://fcm.googleapis.com/fcm/send/abc"
PRIORITY = OutboxMessage.Priority


@pytest.fixture(autouse=True)
def service(settings, server):
    """This service has a key, and trusts the server on loopback as a push service."""
    settings.VAPID_PRIVATE_KEY = web_push.new_private_key()
    settings.VAPID_CONTACT = "mailto:push@example.org"
    settings.PUSH_ORIGINS = [server.url]


@pytest.fixture
def phone():
    return Phone()


@pytest.fixture
def device(server, phone):
    return devices.add(make_user(), server.url + "/send/1", phone.key, phone.secret, "Firefox on Android", NOW)


def write(person, key="k", kind="reminder", **fields) -> OutboxMessage:
    fields.setdefault("priority", PRIORITY.ROUTINE)
    outbox.write([outbox.message(key, kind, NOW, recipient=person, **fields)])
    return OutboxMessage.objects.get(key=key)


def push_of(message) -> Delivery:
    return Delivery.objects.get(message=message, channel="push")


def send(message) -> str:
    return web_push.WebPush().send(push_of(message), NOW)


def sweep(now=NOW):
    Delivery.objects.filter(channel="email").delete()
    outbox.deliver_due(lambda: now, directory.send)


def test_the_phone_can_read_what_we_sent_and_nobody_on_the_way(device, phone, server):
    server.headers = {"Location": "/m/1"}
    assert send(write(device.person)) == "/m/1"
    body = server.asked[0].body
    assert b"Backstride" not in body
    assert json.loads(phone.open(body))["title"] == "Backstride"


@pytest.mark.parametrize("hostile", ["Nora", "Pain 7/10\r\nTopic: x", "<script>", "{{ secret }}"])
def test_everybody_reads_the_same_words_whatever_it_is_about(device, phone, hostile):
    episode = open_episode(make_user(display_name=hostile))
    rows = [
        OutboxMessage(kind=kind, recipient=episode.patient, episode=episode, context={"x": hostile})
        for kind in ("reminder", "red_flag_patient", "escalation_patient", "escalation_clinic")
    ]
    assert len({json.loads(web_push.payload(row))["body"] for row in rows}) == 1
    assert hostile not in web_push.payload(rows[0]).decode()


@pytest.mark.parametrize(
    ("priority", "not_after", "urgency", "ttl"),
    [
        (PRIORITY.ROUTINE, NOW + timedelta(hours=4), "normal", 4 * 3600),
        (PRIORITY.SAFETY, None, "high", 7 * 24 * 3600),
        (PRIORITY.ROUTINE, NOW - timedelta(hours=1), "normal", 0),
    ],
)
def test_how_urgent_it_is_and_how_long_it_may_wait(device, server, priority, not_after, urgency, ttl):
    send(write(device.person, priority=priority, not_after=not_after))
    told = server.asked[0].headers
    assert (told["Urgency"], told["TTL"], told["Content-Encoding"]) == (urgency, str(ttl), "aes128gcm")


def test_a_second_copy_takes_the_place_of_the_first_on_the_way_and_on_the_screen(device, phone, server):
    message = write(device.person)
    send(message)
    send(message)
    first, second = server.asked
    assert first.headers["Topic"] == second.headers["Topic"] and len(first.headers["Topic"]) == 32
    assert json.loads(phone.open(first.body))["tag"] == first.headers["Topic"]
    send(write(device.person, "other"))
    assert server.asked[2].headers["Topic"] != first.headers["Topic"]


def test_the_push_service_can_check_who_we_are(device, server):
    send(write(device.person))
    said = server.asked[0].headers["Authorization"]
    assert Vapid02.verify(said)
    claims = json.loads(urlsafe_b64decode(said.split(".")[1] + "==="))
    assert claims["aud"] == server.url and claims["sub"] == "mailto:push@example.org"
    assert 0 < claims["exp"] - NOW.timestamp() <= 24 * 3600
    assert said.endswith(f"k={web_push.public_key()}")


@pytest.mark.parametrize(
    ("status", "expected", "is_soon"),
    [
        (404, AddressRefused, None),
        (410, AddressRefused, None),
        (400, Permanent, None),
        (413, Permanent, None),
        (403, Temporary, True),  # our key: people put that right
        (429, Temporary, False),
        (500, Temporary, True),
        (503, Temporary, True),
        (307, Temporary, True),
    ],
)
def test_every_refusal_has_its_own_end(device, server, status, expected, is_soon):
    server.status = status
    with pytest.raises(expected) as problem:
        send(write(device.person))
    assert type(problem.value) is expected and getattr(problem.value, "is_soon", None) is is_soon


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_nobody_knows_any_more_is_forgotten_and_e_mail_takes_over(device, server, status):
    message = write(device.person)
    server.status = status
    sweep()
    assert not Device.objects.exists()
    message.refresh_from_db()
    ways = {row.channel: row.state for row in message.deliveries.all()}
    assert ways == {"push": "failed", "email": "sent"} and message.state == "sent"


def test_a_device_that_subscribed_anew_meanwhile_is_kept(device, server):
    write(device.person)
    Device.objects.update(added_at=NOW + timedelta(seconds=1))
    server.status = 410
    sweep()
    assert Device.objects.exists()


@pytest.mark.parametrize("manner", ["hang", "drip", "garbage"])
def test_a_push_service_that_misbehaves_leaves_a_line_in_the_ledger_and_loses_nothing(
    device, server, monkeypatch, manner
):
    monkeypatch.setattr(http, "TOTAL_SECONDS", 0.4)
    message, server.manner = write(device.person), manner
    sweep()
    row = push_of(message)
    assert (row.state, row.tries) == ("due", 1) and row.last_error
    assert Attempt.objects.get(delivery=row).outcome == row.last_error
    server.manner = ""
    sweep(row.due_at)
    row.refresh_from_db()
    assert row.state == "sent" and Device.objects.get().reached_at == row.due_at


def test_an_hour_of_500_ends_in_one_notification(device, server):
    message, server.status = write(device.person, priority=PRIORITY.SAFETY), 500
    now = NOW
    while now < NOW + timedelta(hours=1):
        sweep(now)
        now = push_of(message).due_at
    server.status = 201
    sweep(now)
    assert push_of(message).state == "sent" and 4 < len(server.asked) < 12


def test_a_removed_device_is_not_notified(device, server):
    message = write(device.person)
    assert devices.remove(device.person, device.pk) and not devices.remove(device.person, device.pk)
    sweep()
    assert (push_of(message).reason, server.asked) == ("no_channel", [])


def test_nobody_removes_somebody_else_s_device(device):
    assert not devices.remove(make_user(), device.pk) and Device.objects.exists()


def test_a_browser_that_changes_hands_belongs_to_the_last_one_alone(device, phone):
    other = make_user()
    devices.add(other, device.address, phone.key, phone.secret, "Firefox", NOW)
    assert [each.person for each in Device.objects.all()] == [other]
    assert web_push.WebPush().endpoints(device.person) == []


def test_the_eleventh_device_gets_a_sentence(server, phone):
    person = make_user()
    for number in range(10):
        devices.add(person, f"{server.url}/{number}", phone.key, phone.secret, "Firefox", NOW)
    with pytest.raises(Refused, match="10 devices already"):
        devices.add(person, f"{server.url}/10", phone.key, phone.secret, "Firefox", NOW)
    devices.add(person, f"{server.url}/9", phone.key, phone.secret, "Firefox again", NOW)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        (ADDRESS, True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://web.push.apple.com/x", True),
        ("https://db5p.notify.windows.com/w/?token=x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://evilnotify.windows.com.example/x", False),
        ("https://notify.windows.com/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1]/x", False),
        ("https://[bad/x", False),
        ("https://fcm.googleapis.com:x/", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_push_services_are_asked(address, allowed, phone):
    assert web_push.may_be_asked(address) is allowed
    if not allowed:
        with pytest.raises(Refused, match="Reload"):
            devices.add(make_user(), address, phone.key, phone.secret, "x", NOW)


def test_without_a_key_nobody_is_notified(settings, device, phone):
    settings.VAPID_PRIVATE_KEY = ""
    message = write(device.person)
    assert [row.channel for row in message.deliveries.all()] == ["email"]
    with pytest.raises(Refused):
        devices.add(make_user(), ADDRESS, phone.key, phone.secret, "x", NOW)


def test_a_key_that_is_none_says_what_to_do(settings):
    settings.VAPID_PRIVATE_KEY = "x"
    with pytest.raises(ImproperlyConfigured, match="make_vapid_key"):
        web_push.public_key()


def test_the_command_prints_a_key_that_works(settings):
    out = StringIO()
    call_command("make_vapid_key", stdout=out)
    settings.VAPID_PRIVATE_KEY = out.getvalue().strip().removeprefix("VAPID_PRIVATE_KEY=")
    assert len(web_push.public_key()) == 87
