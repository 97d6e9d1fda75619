"""A text message goes to a proved number, through a real HTTP provider, and says nothing about anybody."""

import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.db import IntegrityError, transaction

from recovery.channels import Permanent, Temporary, directory, http, sms
from recovery.models import Delivery, OutboxMessage, PhoneNumber
from recovery.services import outbox, phone_numbers, reminders
from recovery.services.refusals import Refused
from tests.factories import DAY_1, at, check_in, make_user, open_episode

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 12)
NUMBER = "+31612345678"
PRIORITY = OutboxMessage.Priority


@pytest.fixture(autouse=True)
def provider(settings, server):
    """A provider on loopback, asked as Twilio wants to be."""
    server.answer = b'{"sid": "SM1"}'
    settings.SMS = {
        "URL": server.url + "/Messages.json",
        "FORMAT": "form",
        "FIELDS": ["To", "From", "Body"],
        "FROM": "+3197000000",
        "USER": "AC1",
        "PASSWORD": "secret",
        "TOKEN": "",
        "REFERENCE": "sid",
        "INCOMING_SECRET": "",
    }
    return server


def sweep(now=NOW):
    Delivery.objects.filter(channel="email").delete()
    outbox.deliver_due(lambda: now, directory.send)


def asked(server) -> list[dict]:
    return [{name: value for name, (value,) in parse_qs(each.body.decode()).items()} for each in server.asked]


def code_in(server) -> str:
    return asked(server)[-1]["Body"].split()[0]


@pytest.fixture
def person(server):
    """Somebody whose number is proved."""
    person = open_episode().patient
    phone_numbers.ask(person, "+31 6 1234-5678", NOW)
    sweep()
    phone_numbers.prove(person, code_in(server), NOW)
    server.asked.clear()
    return person


def write(person, kind="escalation_patient", **fields) -> OutboxMessage:
    fields.setdefault("priority", PRIORITY.SAFETY)
    outbox.write([outbox.message("k", kind, NOW, recipient=person, episode=person.episodes.get(), **fields)])
    return OutboxMessage.objects.get(key="k")


def test_a_code_goes_to_the_number_alone_and_leaves_no_trace(server):
    person = make_user()
    phone_numbers.ask(person, NUMBER, NOW)
    message = OutboxMessage.objects.get(kind="phone_code")
    assert [row.channel for row in message.deliveries.all()] == ["sms"]
    sweep()
    message.refresh_from_db()
    assert asked(server)[0]["To"] == NUMBER and message.state == "sent" and message.context == {}
    assert code_in(server) not in str(vars(PhoneNumber.objects.get()))


def test_nothing_else_goes_to_a_number_that_is_not_proved(server):
    person = open_episode().patient
    phone_numbers.ask(person, NUMBER, NOW)
    assert [row.channel for row in write(person).deliveries.all()] == ["email"]


def test_the_right_code_proves_the_number(person):
    assert PhoneNumber.objects.get().is_used and sms.Sms().endpoints(person) == [""]


@pytest.mark.parametrize("wrong", ["", "12345", "abcdef", "\N{SNOWMAN}"])
def test_a_wrong_code_proves_nothing(server, wrong):
    person = make_user()
    phone_numbers.ask(person, NUMBER, NOW)
    with pytest.raises(Refused, match="new code"):
        phone_numbers.prove(person, wrong, NOW)
    assert not PhoneNumber.objects.get().is_used


def test_guessing_ends_after_five_tries(server):
    person = make_user()
    phone_numbers.ask(person, NUMBER, NOW)
    sweep()
    right = code_in(server)
    for _ in range(5):
        with pytest.raises(Refused):
            phone_numbers.prove(person, "none", NOW)
    with pytest.raises(Refused):
        phone_numbers.prove(person, right, NOW)


def test_a_code_is_good_for_ten_minutes_and_for_its_own_person(server):
    person, other = make_user(), make_user()
    phone_numbers.ask(person, NUMBER, NOW)
    sweep()
    for who, when in ((person, NOW + timedelta(minutes=10)), (other, NOW)):
        with pytest.raises(Refused):
            phone_numbers.prove(who, code_in(server), when)


def test_codes_are_not_sent_again_and_again(server):
    person = make_user()
    for number in range(5):
        phone_numbers.ask(person, NUMBER, NOW + timedelta(minutes=number))
    for later in (timedelta(minutes=4, seconds=30), timedelta(minutes=9)):
        with pytest.raises(Refused, match="code"):
            phone_numbers.ask(person, NUMBER, NOW + later)
    phone_numbers.ask(person, NUMBER, NOW + timedelta(days=2))


@pytest.mark.parametrize(
    "number", ["", "0612345678", "+0612345678", "+31", "+3161234567812345", "+31x", "+31\n61234567a"]
)
def test_a_number_that_is_none_gets_a_sentence(number):
    with pytest.raises(Refused, match="country code"):
        phone_numbers.ask(make_user(), number, NOW)
    assert not PhoneNumber.objects.exists()


def test_the_table_refuses_a_number_without_a_country():
    with pytest.raises(IntegrityError, match="phone_number_is_international"), transaction.atomic():
        PhoneNumber.objects.create(person=make_user(), number="06", agreed_at=NOW, code_sent_at=NOW, text_version="1")


def test_a_word_about_safety_goes_out_as_the_provider_wants_it(person, server):
    message = write(person)
    sweep()
    (request,) = server.asked
    assert request.path == "/Messages.json" and request.headers["Authorization"].startswith("Basic ")
    assert request.headers["Idempotency-Key"] == str(message.pk)
    assert asked(server)[0]["From"] == "+3197000000"
    assert Delivery.objects.get(message=message, channel="sms").provider_ref == "SM1"


def test_another_provider_takes_json_and_a_token(person, server, settings):
    settings.SMS = {**settings.SMS, "FORMAT": "json", "TOKEN": "t", "FIELDS": ["to", "sender", "text"]}
    write(person)
    sweep()
    assert set(json.loads(server.asked[0].body)) == {"to", "sender", "text"}
    assert server.asked[0].headers["Authorization"] == "Bearer t"


def test_everybody_reads_the_same_words_whatever_it_is_about(person, server):
    person.display_name = "Pain 7/10\r\nTo: spy"
    rows = [OutboxMessage(kind=kind, recipient=person) for kind in ("red_flag_patient", "silence_nudge", "reminder")]
    assert len({sms.text_of(row) for row in rows}) == 1
    assert "Pain" not in sms.text_of(rows[0]) and "STOP" in sms.text_of(rows[0])


def test_a_first_reminder_is_not_worth_a_text_message_a_second_one_is(person):
    reminders.change(person, True, at(DAY_1, 19).time(), list(range(7)), NOW, is_repeated=True)
    reminders.remind_due(at(DAY_1, 19))
    first = OutboxMessage.objects.get(kind="reminder")
    reminders.remind_due(at(DAY_1, 21))
    second = OutboxMessage.objects.exclude(pk=first.pk).get(kind="reminder")
    assert "sms" not in [row.channel for row in first.deliveries.all()]
    assert "sms" in [row.channel for row in second.deliveries.all()]


def test_a_warning_sign_is_told_by_text_message_too(person, server):
    check_in(person, DAY_1, made_at=at(DAY_1, 13), red_flags=("RF05",))
    sweep(at(DAY_1, 13, 1))
    assert [each["To"] for each in asked(server)] == [NUMBER]


@pytest.mark.parametrize("word", ["STOP", " stop. ", "Unsubscribe", "QUIT!"])
def test_a_stop_word_ends_them(person, server, word):
    assert phone_numbers.hear(NUMBER, word, NOW) == 1 and phone_numbers.hear(NUMBER, word, NOW) == 0
    assert "sms" not in [row.channel for row in write(person).deliveries.all()]


def test_other_words_and_other_numbers_end_nothing(person):
    assert phone_numbers.hear(NUMBER, "I will not stop running", NOW) == 0
    assert phone_numbers.hear("+31600000000", "STOP", NOW) == 0
    assert PhoneNumber.objects.get().is_used


def test_a_message_on_its_way_is_withheld_when_the_number_is_removed(person, server):
    message = write(person)
    phone_numbers.remove(person)
    sweep()
    assert Delivery.objects.get(message=message, channel="sms").reason == "no_channel" and server.asked == []


@pytest.mark.parametrize(
    ("status", "expected", "is_soon"),
    [
        (400, Permanent, None),
        (404, Permanent, None),
        (422, Permanent, None),
        (401, Temporary, True),
        (429, Temporary, False),
        (500, Temporary, True),
    ],
)
def test_every_refusal_has_its_own_end(server, status, expected, is_soon):
    server.status = status
    with pytest.raises(expected) as problem:
        sms.post(NUMBER, "x", "1")
    assert getattr(problem.value, "is_soon", None) is is_soon


@pytest.mark.parametrize("manner", ["hang", "drip", "garbage"])
def test_a_provider_that_misbehaves_leaves_a_line_and_loses_nothing(person, server, monkeypatch, manner):
    monkeypatch.setattr(http, "TOTAL_SECONDS", 0.4)
    message, server.manner = write(person), manner
    sweep()
    row = Delivery.objects.get(message=message, channel="sms")
    assert (row.state, row.tries) == ("due", 1) and row.last_error
    server.manner = ""
    sweep(row.due_at)
    row.refresh_from_db()
    assert row.state == "sent"


@pytest.mark.parametrize("said", [b"", b"[]", b"\xff", b'{"id": 1}'])
def test_an_answer_without_a_reference_is_an_answer(server, said):
    server.answer = said
    assert sms.post(NUMBER, "x", "1") == ""


def test_without_a_provider_there_are_no_text_messages(settings, person):
    settings.SMS = {**settings.SMS, "URL": ""}
    assert "sms" not in [row.channel for row in write(person).deliveries.all()]
    with pytest.raises(Refused):
        phone_numbers.ask(make_user(), NUMBER, NOW)
