"""When to be asked, and what became of it."""

from datetime import time

from django.utils import timezone
from drf_spectacular.utils import extend_schema

from recovery.models import Reminder, ReminderSetting
from recovery.services import reminders, wishes

from .. import permissions
from ..base import ApiView, ListView, Response, checked
from ..serializers import reminders as shapes


def setting_json(setting: ReminderSetting) -> dict:
    """The patient's own wish."""
    clocks = {name: _clock(getattr(setting, name)) for name in ("at", "quiet_from", "quiet_until")}
    plain = {name: getattr(setting, name) for name in wishes.CHOSEN if name not in clocks}
    return plain | clocks


def _clock(at: time | None) -> str | None:
    return at.strftime("%H:%M") if at else None


def reminder_json(row: Reminder) -> dict:
    """One nudge, and how it ended."""
    names = ("state", "reason", "due_at", "ended_at")
    return {"day": row.local_date, **{name: getattr(row, name) for name in names}}


class Reminders(ListView):
    """The patient's wish, the reminder that comes next, and those that ended."""

    roles = permissions.PATIENT
    ordering = ("-due_at", "-id")

    @extend_schema(operation_id="reminders_list", responses={200: shapes.Reminders})
    def get(self, request):
        response = super().get(request)
        coming = self._own().filter(state=Reminder.State.DUE).order_by("due_at").first()
        response.data = {
            "setting": setting_json(reminders.setting_of(request.user)),
            "coming": reminder_json(coming) if coming else None,
            **response.data,
        }
        return response

    def rows(self):
        return self._own().exclude(state=Reminder.State.DUE)

    def present(self, page):
        return [reminder_json(row) for row in page]

    def _own(self):
        return Reminder.objects.filter(episode__patient=self.request.user)


class ReminderSettings(ApiView):
    """At what local time, on which days."""

    roles = permissions.PATIENT

    @extend_schema(responses=shapes.Setting)
    def get(self, request):
        return Response(setting_json(reminders.setting_of(request.user)))

    @extend_schema(request=shapes.SettingBody, responses=shapes.Setting)
    def put(self, request):
        """Keeps the new wish and moves the next reminder."""
        values = checked(shapes.SettingBody, request)
        return Response(setting_json(reminders.change(request.user, **values, now=timezone.now())))
