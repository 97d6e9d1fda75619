"""A patient's standing wish for reminders, and what a new one may be."""

from datetime import date, datetime, time, timedelta

from recovery.models import ReminderSetting
from recovery.rules.reminders import instant_of, local_day
from recovery.rules.wishes import QuietHours, Wish, second_reminder

from .refusals import Refused

CHOSEN = ("is_on", "at", "weekdays", "quiet_from", "quiet_until", "is_repeated", "daily_cap", "paused_until")
LONGEST_PAUSE = timedelta(days=90)


def setting_of(patient) -> ReminderSetting:
    """The patient's wish, or the default evening reminder."""
    return ReminderSetting.objects.filter(patient=patient).first() or ReminderSetting(patient=patient)


def wish_of(setting: ReminderSetting) -> Wish | None:
    """The wish as the rules read it; None when no reminder is wanted."""
    if not setting.is_on or not setting.weekdays:
        return None
    return Wish(
        at=setting.at,
        weekdays=frozenset(setting.weekdays),
        quiet=quiet_hours_of(setting),
        resumes_on=setting.paused_until,
        is_repeated=setting.is_repeated,
    )


def quiet_hours_of(setting: ReminderSetting) -> QuietHours | None:
    """The patient's quiet hours, if they have any."""
    if setting.quiet_from is None or setting.quiet_until is None:
        return None
    return QuietHours(setting.quiet_from, setting.quiet_until)


def is_paused(setting: ReminderSetting, today: date) -> bool:
    """Whether the patient asked for no routine messages before a day still to come."""
    return setting.paused_until is not None and today < setting.paused_until


def keep(patient, wish: dict, now: datetime) -> ReminderSetting:
    """Writes a new wish in the caller's transaction; one that contradicts itself raises Refused, about a field."""
    unknown = set(wish) - set(CHOSEN)
    if unknown:
        raise TypeError(f"no part of a wish: {', '.join(sorted(unknown))}")
    ReminderSetting.objects.get_or_create(patient=patient)
    setting = ReminderSetting.objects.select_for_update().get(patient=patient)
    today = local_day(now, patient.zone)
    if not is_paused(setting, today):
        setting.paused_until = None
    for name, value in wish.items():
        setattr(setting, name, value)
    _check_quiet_hours(setting)
    _check_second(setting, today, patient.zone)
    _check_pause(setting.paused_until, today)
    setting.save()
    return setting


def _check_quiet_hours(setting: ReminderSetting) -> None:
    if (setting.quiet_from is None) != (setting.quiet_until is None):
        missing = "quiet_from" if setting.quiet_from is None else "quiet_until"
        raise Refused("quiet_hours_have_one_end", missing)
    if setting.quiet_from is not None and setting.quiet_from == setting.quiet_until:
        raise Refused("quiet_hours_are_empty", "quiet_until")
    quiet = quiet_hours_of(setting)
    if setting.is_on and quiet and quiet.cover(setting.at):
        raise Refused("reminder_in_quiet_hours", "at", quiet_from=_clock(quiet.starts), quiet_until=_clock(quiet.ends))


def _check_second(setting: ReminderSetting, today: date, zone) -> None:
    wish = wish_of(setting)
    if wish is None or not wish.is_repeated:
        return
    if setting.daily_cap < 2:
        raise Refused("second_needs_two", "daily_cap")
    if second_reminder(instant_of(today, wish.at, zone), zone, wish) is None:
        raise Refused("second_in_quiet_hours", "is_repeated")


def _check_pause(until: date | None, today: date) -> None:
    if until is not None and until <= today:
        raise Refused("pause_is_over", "paused_until")
    if until is not None and until > today + LONGEST_PAUSE:
        raise Refused("pause_too_long", "paused_until", days=LONGEST_PAUSE.days)


def _clock(at: time) -> str:
    return at.strftime("%H:%M")
