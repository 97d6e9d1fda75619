"""What a browser says when it subscribes, a number for text messages, the code that proves it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.web.patient.forms.fields import PageForm


class DeviceForm(PageForm):
    """What a browser says about itself when it subscribes; filled by a script."""

    address = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    key = forms.CharField(max_length=100, widget=forms.HiddenInput)
    secret = forms.CharField(max_length=40, widget=forms.HiddenInput)


class RenewForm(DeviceForm):
    """What a browser says when its push service gave it another address: the old one, and its secret as proof."""

    old = forms.CharField(max_length=1000)
    proof = forms.CharField(max_length=40)


class NumberForm(PageForm):
    """A number, and agreement to be reached there."""

    number = forms.CharField(
        max_length=30, error_messages={"required": _("Enter your number, such as +31 6 12345678.")}
    )
    agreed = forms.BooleanField(error_messages={"required": _("Tick the box to get text messages.")})


class CodeForm(PageForm):
    """Six digits."""

    code = forms.CharField(max_length=10, error_messages={"required": _("Enter the six digits of the text message.")})
