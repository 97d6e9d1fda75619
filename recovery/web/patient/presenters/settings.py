"""Settings: the reminder, who reads the diary, and what we sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Consent
from recovery.models import Device, EmailStanding, Episode, OutboxMessage, PhoneNumber, Reminder
from recovery.services import calendars, email_standing, pauses, reminders, travel, wishes
from recovery.services.audience import readers_of
from recovery.web.ways.acting import ways_of

from ..day import A_DAY, today_of

SHOWN_MESSAGES = 6  # one more than the page shows, to know whether there are others


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What stands beside the forms."""

    readers: Sequence[Consent]
    messages: Sequence[OutboxMessage]
    standing: EmailStanding
    coming: Reminder | None
    offered_zone: str
    devices: Sequence[Device]
    push_key: str
    calendar_link: str
    phone: PhoneNumber | None
    texts_are_offered: bool
    may_pause: bool
    paused_until: date | None
    first_day_on: date
    last_day_on: date

    @property
    def calendar_app_link(self) -> str:
        """The same link, as calendar apps want to be called."""
        return "webcal:" + self.calendar_link.partition(":")[2]

    @property
    def is_out_of_reach(self) -> bool:
        """Whether routine letters were stopped and no device is notified either."""
        return self.standing.unsubscribed_at is not None and not self.devices


def settings_page(user, now: datetime) -> SettingsPage:
    """Who reads this person's diary, what was sent to them and what comes next."""
    readers = readers_of(user)
    today = today_of(user, now)
    episode = Episode.objects.of(user).open().first()
    coming = Reminder.objects.filter(episode__patient=user, state=Reminder.State.DUE, due_at__gt=now)
    return SettingsPage(
        readers=list(readers),
        messages=list(sent_to(user)[:SHOWN_MESSAGES]),
        standing=email_standing.standing_of(user),
        coming=coming.order_by("due_at").first(),
        offered_zone=travel.offered_zone(user, now),
        calendar_link=_calendar_link(user),
        **ways_of(user),
        may_pause=episode is not None and not episode.is_stopped,
        paused_until=episode.paused_until if episode is not None and episode.is_paused_on(today) else None,
        first_day_on=today + A_DAY,
        last_day_on=today + pauses.LONGEST_PAUSE,
    )


def sent_to(user) -> QuerySet[OutboxMessage]:
    """Everything that was sent to this person, the newest first."""
    return OutboxMessage.objects.of(user).prefetch_related("deliveries").order_by("-created_at", "pk")


def _calendar_link(user) -> str:
    secret = calendars.secret_of(user)
    return settings.SITE_URL + reverse("calendar", args=[secret]) if secret else ""


def reminder_initial(user, now: datetime, standing: EmailStanding) -> dict:
    """The standing wish of a reminder, for its form; a pause that is over is none."""
    setting = reminders.setting_of(user)
    wish = {name: getattr(setting, name) for name in wishes.CHOSEN}
    if not wishes.is_paused(setting, today_of(user, now)):
        wish["paused_until"] = None
    return wish | {"by_email": standing.unsubscribed_at is None}


def preferences_initial(user) -> dict:
    """What this person chose, for the form."""
    return {name: getattr(user, name) for name in ("display_name", "time_zone", "language", "theme")}
