"""Writing to the clinic."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.models.thread import LONGEST_TEXT

from .fields import PageForm


class MessageForm(PageForm):
    """One message; its key makes a double tap harmless."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
        error_messages={"required": _("Write something first.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": _("Please send it again.")})

    def with_fresh_key(self):
        """The same words under a key of their own, to be sent once more."""
        self.data = self.data.copy()
        self.data["key"] = str(uuid4())
        return self
