"""The calendar feed: a secret link, the patient's own hour in their own zone, nothing about their health."""

import re
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from recovery.models import CalendarLink
from recovery.services import calendars, episodes, reminders
from recovery.web.calendar import MOST_AN_HOUR
from tests.factories import DAY_1, at, make_user, open_episode

pytestmark = pytest.mark.django_db
NOON = at(DAY_1, 12)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def patient():
    patient = make_user(time_zone="Europe/Berlin", display_name="Nora\r\nATTENDEE:mailto:spy@example.test")
    return open_episode(patient).patient


@pytest.fixture
def link(patient):
    calendars.renew(patient, NOON)
    return reverse("calendar", args=[calendars.secret_of(patient)])


def events(client, link) -> list:
    return Calendar.from_ical(client.get(link).content).walk("VEVENT")


def test_the_check_in_comes_every_day_at_the_patient_s_hour_in_their_zone(client, link):
    calendar = Calendar.from_ical(client.get(link).content)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart").replace(tzinfo=None).isoformat() == "2026-03-02T19:00:00"
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert event["rrule"]["byday"] == ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_the_zone_s_own_clock_changes_travel_with_it(client, link):
    zone = Calendar.from_ical(client.get(link).content).walk("VTIMEZONE")[0].to_tz()
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)):
        noon = at(day, 12)
        assert noon.astimezone(zone).utcoffset() == noon.astimezone(ZoneInfo("Europe/Berlin")).utcoffset()


def test_the_entry_is_private_and_says_nothing_more(client, link, patient):
    said = client.get(link).content.decode()
    (event,) = events(client, link)
    assert (str(event["summary"]), str(event["class"])) == ("Backstride check-in", "PRIVATE")
    assert "Nora" not in said and "ATTENDEE" not in said and patient.email not in said and str(patient.pk) not in said
    assert set(event) == {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DURATION",
        "RRULE",
        "SUMMARY",
        "URL",
        "CLASS",
        "TRANSP",
    }


def test_it_follows_a_new_wish(client, link, patient):
    uid = events(client, link)[0]["uid"]
    reminders.change(patient, True, time(7, 15), [1, 3], NOON, paused_until=DAY_1 + timedelta(days=10))
    (event,) = events(client, link)
    assert event.decoded("dtstart").replace(tzinfo=None).isoformat() == "2026-03-12T07:15:00"
    assert (event["rrule"]["byday"], event["uid"]) == (["TU", "TH"], uid)


def test_a_reminder_switched_off_or_a_closed_plan_leaves_the_calendar_empty(client, link, patient):
    reminders.change(patient, False, time(19), [0], NOON)
    assert events(client, link) == []
    reminders.change(patient, True, time(19), [0], NOON)
    episodes.close(patient.episodes.get().pk, "recovered", NOON)
    assert events(client, link) == []


def test_no_cache_keeps_it(client, link):
    answer = client.get(link)
    assert answer["Cache-Control"] == "no-store, private" and answer["Content-Type"].startswith("text/calendar")


def test_a_new_link_ends_the_old_one_and_a_removed_one_is_gone(client, link, patient):
    calendars.renew(patient, NOON)
    assert client.get(link).status_code == 404
    newer = reverse("calendar", args=[calendars.secret_of(patient)])
    assert client.get(newer).status_code == 200
    calendars.revoke(patient)
    assert client.get(newer).status_code == 404 and calendars.secret_of(patient) == ""


def without_nonces(page: bytes) -> bytes:
    """What is the same in every answer: the word that lets our own scripts run is drawn anew each time."""
    return re.sub(rb'nonce="[^"]*"', b"", page)


def test_an_unknown_link_looks_like_any_address_that_is_not_there(client, link, patient):
    unknown = client.get(reverse("calendar", args=["0" * 64]))
    nowhere = client.get("/nowhere/at/all.ics")
    assert unknown.status_code == nowhere.status_code == 404
    assert without_nonces(unknown.content) == without_nonces(nowhere.content)
    assert client.get("/calendar/\N{SNOWMAN}.ics").status_code == 404


def test_a_closed_account_has_no_calendar(client, link, patient):
    patient.is_active = False
    patient.save()
    assert client.get(link).status_code == 404


def test_the_tables_alone_do_not_open_it(client, link, patient, settings):
    row = CalendarLink.objects.get()
    for kept in (str(row.nonce), row.nonce.hex, row.digest):
        assert client.get(reverse("calendar", args=[kept])).status_code == 404
    settings.SECRET_KEY = "another"
    assert calendars.secret_of(patient) == ""


def test_who_asks_all_the_time_is_told_to_wait(client, link, clock):
    for _ in range(MOST_AN_HOUR):
        assert client.get(link).status_code == 200
    refused = client.get(link)
    assert refused.status_code == 429 and refused["Retry-After"] == "3600"


def test_the_settings_make_show_and_remove_the_link(client, patient):
    client.force_login(patient)
    assert "Make a calendar link" in client.get(reverse("patient:settings")).content.decode()
    assert client.post(reverse("patient:calendar")).status_code == 303
    shown = client.get(reverse("patient:settings")).content.decode()
    secret = calendars.secret_of(patient)
    assert f"/calendar/{secret}.ics" in shown and "webcal:" in shown
    client.post(reverse("patient:revoke_calendar"))
    assert secret not in client.get(reverse("patient:settings")).content.decode()


def test_looking_at_it_changes_nothing(client, link):
    assert client.post(link).status_code == 405
