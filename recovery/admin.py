"""Staff tables on how the service runs: plan versions, messages, reminders, heartbeats. Nothing clinical, no names."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.staff_tables import Table

from .models import Heartbeat, OutboxMessage, PlanVersion, Reminder


class ReadOnly:
    """Rows here are made by the service itself; people only look."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnly, Table):
    """Which plans there are and which version is live; they are edited on their own pages."""

    list_display = ["plan", "number", "status", "published_at", "approval_note"]
    list_filter = ["status", "plan"]
    list_select_related = ["plan"]
    fields = [
        "plan",
        "number",
        "status",
        "revision",
        "approval_note",
        "created_at",
        "edited_at",
        "published_at",
        "digest",
    ]
    ordering = ["plan", "-number"]


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnly, Table):
    """The ledger of messages: what became of each and why, never to whom."""

    list_display = ["short_id", "kind", "state", "reason", "due_at", "ended_at", "attempts"]
    list_filter = ["state", "kind", "priority"]
    show_facets = admin.ShowFacets.ALWAYS
    fields = [
        "id",
        "kind",
        "priority",
        "state",
        "reason",
        "attempts",
        "created_at",
        "due_at",
        "not_after",
        "ended_at",
    ]
    ordering = ["-created_at"]

    @admin.display(description=_("message"))
    def short_id(self, message) -> str:
        """Enough of the id to tell messages apart."""
        return str(message.pk)[:8]


@admin.register(Reminder)
class ReminderAdmin(ReadOnly, Table):
    """Reminders by their state; whose they are stays with the episode."""

    list_display = ["pk", "slot", "state", "reason", "due_at", "not_after", "ended_at"]
    list_filter = ["state", "reason"]
    show_facets = admin.ShowFacets.ALWAYS
    fields = ["slot", "state", "reason", "due_at", "not_after", "ended_at"]
    ordering = ["-due_at"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly, Table):
    """When each process last showed it was alive."""

    list_display = ["name", "at"]
    fields = ["name", "at"]
    ordering = ["name"]
