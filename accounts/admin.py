"""Staff tables about people and clinics; nothing clinical is shown here."""

from django.contrib import admin
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from .access import note_shown
from .models import AuditEvent, Clinic, Invitation, Membership, User
from .staff_tables import Lines, Table
from .step_up import confirmed


class NeverDeleted:
    """Rows here are ended or closed, not deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


class ChangedByConfirmedPeople:
    """Whoever changes who may do what says again who they are."""

    @method_decorator(confirmed)
    def changeform_view(self, request, *args, **options):
        return super().changeform_view(request, *args, **options)


class MembershipInline(NeverDeleted, Lines):
    model = Membership
    fields = ["user", "role", "on_duty", "joined_at", "left_at"]

    def formfield_for_dbfield(self, field, request, **options):
        if field.name == "joined_at":
            options["initial"] = timezone.now
        return super().formfield_for_dbfield(field, request, **options)


@admin.register(Clinic)
class ClinicAdmin(NeverDeleted, ChangedByConfirmedPeople, Table):
    list_display = ["name", "phone", "reading_times", "region"]
    search_fields = ["name", "phone"]
    inlines = [MembershipInline]


@admin.register(Membership)
class MembershipAdmin(NeverDeleted, ChangedByConfirmedPeople, Table):
    list_display = ["user", "clinic", "role", "on_duty", "left_at"]
    list_filter = ["role", "on_duty", "clinic"]
    list_select_related = ["user", "clinic"]
    search_fields = ["user__email", "user__display_name", "clinic__name"]


@admin.register(User)
class UserAdmin(NeverDeleted, ChangedByConfirmedPeople, Table):
    """People sign up, or are made with `manage.py create_person`; here they are found and closed."""

    list_display = ["email", "display_name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "display_name"]
    ordering = ["email"]
    fieldsets = [
        (None, {"fields": ["email", "display_name", "role", "is_active"]}),
        (_("Language and place"), {"fields": ["language", "time_zone", "theme"]}),
        (_("Dates"), {"fields": ["joined_at", "last_login"]}),
    ]
    readonly_fields = ["email", "role", "joined_at", "last_login"]

    def has_add_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        page = super().changelist_view(request, extra_context)
        if listed := getattr(page, "context_data", {}).get("cl"):
            note_shown(request, (person.pk for person in listed.result_list if person.is_patient))
        return page

    def get_object(self, request, object_id, from_field=None):
        person = super().get_object(request, object_id, from_field)
        if person is not None and person.is_patient:
            note_shown(request, [person.pk])
        return person


@admin.register(AuditEvent)
class AuditEventAdmin(NeverDeleted, Table):
    """The audit trail, read only; people and patients stand in it by their ids alone."""

    list_display = ["number", "at", "actor", "role", "action", "what"]
    list_filter = ["action", "role"]
    search_fields = ["actor", "patients__patient", "what"]
    date_hierarchy = "at"
    ordering = ["-number"]
    show_full_result_count = False
    fields = ["number", "at", "actor", "role", "action", "what", "details", "mac"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Invitation)
class InvitationAdmin(NeverDeleted, Table):
    """Read only: clinics invite on their own pages."""

    list_display = ["email", "clinic", "created_at", "expires_at", "accepted_at", "withdrawn_at"]
    list_filter = ["clinic"]
    list_select_related = ["clinic"]
    search_fields = ["email", "clinic__name"]
    date_hierarchy = "created_at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
