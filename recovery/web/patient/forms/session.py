"""What was done in a session and how the back took it, told right afterwards."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.models import SessionLog
from recovery.rules.facts import SessionFact
from recovery.services.session_logs import Told

from .fields import PageForm, PainField

LONGEST = 6 * 60 * 60


class SessionForm(PageForm):
    """The exercises that were done, the highest pain, and whether the back made them stop or move differently."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seconds = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LONGEST)
    exercises = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what you did. If you did nothing yet, just leave this page.")},
    )
    pain = PainField(missing=_("Say how much your back hurt at its highest: choose a number from 0 to 10."))
    stopped = forms.BooleanField(required=False)
    brisk_walk = forms.BooleanField(required=False)

    def __init__(self, *args, exercises, **options):
        super().__init__(*args, **options)
        self.fields["exercises"].choices = [(code, code) for code in exercises]

    def clean_key(self) -> UUID:
        """The form's own id; a form that lost it gets a new one."""
        return self.cleaned_data["key"] or uuid4()

    def told(self) -> Told:
        """The session as a service takes it: done when every exercise was."""
        given = self.cleaned_data
        is_done = set(given["exercises"]) == {code for code, _name in self.fields["exercises"].choices}
        session = SessionFact("done" if is_done else "part", given["pain"], given["stopped"], given["brisk_walk"])
        return Told(given["key"], SessionLog.Kind.EXERCISES, session, tuple(given["exercises"]), given["seconds"])


class RunForm(PageForm):
    """How far the walk-run went."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seconds = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LONGEST)
    status = forms.ChoiceField(
        choices=[("done", _("All of it")), ("part", _("Part of it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you did all of it or a part.")},
    )
    pain = PainField(missing=_("Say how much your back hurt at its highest: choose a number from 0 to 10."))
    stopped = forms.BooleanField(required=False)

    clean_key = SessionForm.clean_key

    def told(self) -> Told:
        """The run as a service takes it."""
        given = self.cleaned_data
        session = SessionFact(given["status"], given["pain"], given["stopped"])
        return Told(given["key"], SessionLog.Kind.WALK_RUN, session, (), given["seconds"])
