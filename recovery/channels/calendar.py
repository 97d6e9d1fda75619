"""The daily check-in as a recurring event in the patient's own zone; the entry says nothing about anybody's health."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from recovery.rules.wishes import Wish, next_reminder

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LENGTH = timedelta(minutes=5)
ASK_AGAIN = timedelta(hours=1)
ZONE_KNOWN_FOR = timedelta(days=2 * 366)  # the app asks again long before


def feed(person, wish: Wish | None, now: datetime) -> bytes:
    """The whole calendar of one person."""
    calendar = Calendar()
    calendar.add("prodid", "-//Backstride//Check-in//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Backstride")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    if wish is not None:
        calendar.add_component(_check_in(person, wish, now))
        today = now.date()
        calendar.add_missing_timezones(today - timedelta(days=366), today + ZONE_KNOWN_FOR)
    return calendar.to_ical()


def _check_in(person, wish: Wish, now: datetime) -> Event:
    """From the next reminder on; days gone by are nobody's business."""
    day, _due = next_reminder(now, person.zone, wish)
    event = Event()
    event.add("uid", f"check-in-{person.calendar_link.nonce}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", datetime.combine(day, wish.at, person.zone))
    event.add("duration", LENGTH)
    event.add("rrule", {"freq": "weekly", "byday": [DAYS[number] for number in sorted(wish.weekdays)]})
    with translation.override(person.language):
        event.add("summary", _("Backstride check-in"))
    event.add("url", settings.SITE_URL + reverse("patient:check_in"))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
