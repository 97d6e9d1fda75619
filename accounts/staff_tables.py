"""What every staff table is made from: Django's own, without a script, in the product's own look (templates/admin)."""

from uuid import UUID

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import User

AS_BROWSERS_SAY_IT = "%Y-%m-%dT%H:%M"


class Plain:
    """Fields that need no script: dates the browser picks itself, people named by their address."""

    formfield_overrides = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput({"type": "datetime-local"}, AS_BROWSERS_SAY_IT),
        },
    }

    @property
    def media(self):
        return forms.Media()

    def formfield_for_dbfield(self, field, request, **options):
        if field.is_relation and field.related_model is User:
            return _person(field)
        made = super().formfield_for_dbfield(field, request, **options)
        # Around a choice of another table's rows Django puts links that only scripts can follow.
        if field.is_relation and made is not None:
            made.widget = made.widget.widget
        return made


class Table(Plain, admin.ModelAdmin):
    """A table with its page for one row."""


class Lines(Plain, admin.TabularInline):
    """Rows that belong to the row of the page, with one empty line to add another."""

    extra = 1


class PersonField(forms.ModelChoiceField):
    """Who somebody is, by e-mail address: a list of everybody would be long and would show everybody."""

    widget = forms.EmailInput({"autocomplete": "off"})
    default_error_messages = {
        "invalid_choice": _("Nobody has an account with this address. Check it, or make one first.")
    }

    def prepare_value(self, value):
        known = self.queryset.filter(pk=value).first() if isinstance(value, UUID) else None
        return known.email if known else value


def _person(field) -> PersonField:
    return PersonField(
        User.objects.all(),
        to_field_name="email",
        label=field.verbose_name.capitalize(),
        help_text=_("The email address they sign in with."),
    )
