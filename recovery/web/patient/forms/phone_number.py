"""A number for text messages and the code that proves it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import PageForm


class NumberForm(PageForm):
    """A number, and agreement to be reached there."""

    number = forms.CharField(
        max_length=30, error_messages={"required": _("Enter your number, such as +31 6 12345678.")}
    )
    agreed = forms.BooleanField(error_messages={"required": _("Tick the box to get text messages.")})


class CodeForm(PageForm):
    """Six digits."""

    code = forms.CharField(max_length=10, error_messages={"required": _("Enter the six digits of the text message.")})
