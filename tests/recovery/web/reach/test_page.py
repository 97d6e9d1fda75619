"""The page "How we reach you": owner, the other kinds of people, and every slip in a sentence."""

from datetime import timedelta

import pytest
from django.urls import reverse

from recovery.channels import web_push
from recovery.models import Device, OutboxMessage, PhoneNumber, StaffWish
from recovery.services import email_standing, outbox
from tests import factories as make
from tests.recovery.channels.phone import Phone

pytestmark = pytest.mark.django_db
NOW = make.at(make.DAY_1, 12)
PAGE, SENT = reverse("reach:show"), reverse("reach:sent")


@pytest.fixture(autouse=True)
def every_channel(settings):
    settings.VAPID_PRIVATE_KEY = web_push.new_private_key()
    settings.SMS = {**settings.SMS, "URL": "http://127.0.0.1:9/"}


@pytest.fixture
def clinician():
    return make.make_clinician(make.make_clinic(), display_name="Tom Achterberg")


@pytest.fixture
def door(client, clinician):
    client.force_login(clinician)
    return client


def words(response) -> str:
    return " ".join(response.text.split())


def told(person, number=1):
    at = NOW + timedelta(minutes=1)
    outbox.write([outbox.message(f"k{n}", "on_duty", at, recipient=person) for n in range(number)])


@pytest.mark.parametrize("role", ["clinician", "admin"])
def test_everybody_of_the_staff_has_the_page_and_the_menu_leads_there(client, role):
    client.force_login(make.make_user(role))
    assert f'href="{PAGE}"' in words(client.get(PAGE))


def test_a_patient_finds_no_such_page(client):
    client.force_login(make.make_user())
    assert client.get(PAGE).status_code == 404 and client.get(SENT).status_code == 404


def test_a_choice_is_kept_and_shown_again(door, clinician):
    Device.objects.create(person=clinician, name="Phone", digest="x", added_at=NOW)
    assert door.post(PAGE, {"by_push": "on"}).status_code == 302
    wish = StaffWish.objects.get(person=clinician)
    assert (wish.by_email, wish.by_push, wish.by_sms) == (False, True, False)
    assert 'name="by_email">' in words(door.get(PAGE)) and 'name="by_push" checked' in words(door.get(PAGE))


@pytest.mark.parametrize("wish", [{}, {"by_push": "on"}, {"by_sms": "on", "by_push": "on"}])
def test_a_choice_that_reaches_nobody_gets_a_sentence(door, wish):
    answer = door.post(PAGE, wish)
    assert answer.status_code == 400 and "urgent notices need at least one way" in words(answer)
    assert not StaffWish.objects.exists()


def test_who_removes_the_only_chosen_device_reads_what_happens_now(door, clinician):
    Device.objects.create(person=clinician, name="Phone", digest="x", added_at=NOW)
    door.post(PAGE, {"by_push": "on"})
    door.post(reverse("reach:remove_device", args=[Device.objects.get().pk]))
    assert "None of the ways you ticked reaches you now" in words(door.get(PAGE))


def test_a_browser_is_added_and_removed(door):
    phone = Phone()
    given = {"address": "https://fcm.googleapis.com/x/1", "key": phone.key, "secret": phone.secret}
    assert door.post(reverse("reach:devices"), {**given, "key": "junk"}).status_code == 400
    assert door.post(reverse("reach:devices"), given).status_code == 302
    device = Device.objects.get()
    assert device.digest in words(door.get(PAGE))
    door.post(reverse("reach:remove_device", args=[device.pk]))
    assert not Device.objects.exists()


def test_a_colleague_s_device_is_not_there(door):
    other = Device.objects.create(person=make.make_user("clinician"), name="x", digest="x", added_at=NOW)
    assert door.post(reverse("reach:remove_device", args=[other.pk])).status_code == 404


def test_a_number_is_given_proved_and_removed(door, clinician):
    assert door.post(reverse("reach:number"), {"number": "0612"}).status_code == 400
    assert door.post(reverse("reach:number"), {"number": "+31612345678", "agreed": "on"}).status_code == 302
    assert door.post(reverse("reach:prove_number"), {"code": "no"}).status_code == 400
    code = OutboxMessage.objects.get(kind="phone_code").context["code"]
    assert door.post(reverse("reach:prove_number"), {"code": code}).status_code == 302
    assert "Text messages go to +31612345678" in words(door.get(PAGE))
    door.post(reverse("reach:remove_number"))
    assert not PhoneNumber.objects.exists()


def test_the_ledger_reaches_the_oldest_in_pages_at_the_same_cost(door, clinician, django_assert_max_num_queries):
    told(clinician, 60)
    outbox.write([outbox.message("first", "alarm", NOW, recipient=clinician)])
    told(make.make_user("clinician"), 3)
    assert "All messages" in words(door.get(PAGE))
    with django_assert_max_num_queries(8):
        newest = words(door.get(SENT))
    assert newest.count("You were put on duty") == 25 and "Older" in newest and "Newer" not in newest
    with django_assert_max_num_queries(8):
        oldest = words(door.get(SENT, {"page": 3}))
    assert oldest.count("You were put on duty") == 10 and "The sending needs a person" in oldest
    assert "Newer" in oldest and "Older" not in oldest


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 40, "٣", ""])
def test_a_page_that_makes_no_sense_is_the_first(door, clinician, asked):
    told(clinician)
    assert "You were put on duty" in words(door.get(SENT, {"page": asked}))


def test_the_weekly_letter_is_switched_off_and_on_again(door, clinician):
    assert "Stop the weekly letter" in words(door.get(PAGE))
    door.post(reverse("reach:digest"), {"wish": "off"})
    assert email_standing.standing_of(clinician).unsubscribed_at and "Send me the weekly letter" in words(
        door.get(PAGE)
    )
    door.post(reverse("reach:digest"), {"wish": "on"})
    assert email_standing.standing_of(clinician).unsubscribed_at is None
