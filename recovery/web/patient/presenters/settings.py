"""Settings: the reminder, who reads the diary, and what we sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Consent
from recovery.models import EmailStanding, OutboxMessage
from recovery.services import email_standing, reminders

SHOWN_MESSAGES = 20


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What stands beside the forms."""

    readers: Sequence[Consent]
    messages: Sequence[OutboxMessage]
    standing: EmailStanding


def settings_page(user) -> SettingsPage:
    """Who reads this person's diary and what was sent to them."""
    sent = OutboxMessage.objects.of(user).order_by("-created_at")
    readers = Consent.objects.active().of(user).select_related("clinic")
    return SettingsPage(list(readers), list(sent[:SHOWN_MESSAGES]), email_standing.standing_of(user))


def reminder_initial(user) -> dict:
    """The standing wish of a reminder, for its form."""
    setting = reminders.setting_of(user)
    is_on = setting.is_on and not email_standing.standing_of(user).unsubscribed_at
    return {"is_on": is_on, "at": setting.at, "weekdays": setting.weekdays}


def preferences_initial(user) -> dict:
    """What this person chose, for the form."""
    return {name: getattr(user, name) for name in ("display_name", "time_zone", "language", "theme")}
