"""Fields and helpers that several of the patient's forms share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.rules.facts import InvalidFact
from recovery.services.refusals import Refused

NONE = "none"
SCALE = [(str(number), str(number)) for number in range(11)]
NOT_ON_SCALE = _("%(value)s is not on the scale. Choose a number from 0 to 10.")
PICK_OR_NONE = _("Tick “None of these”, or any that apply.")
BOTH_TICKED = _("You ticked “None of these” and something else. Keep only what is true.")


class PageForm(forms.Form):
    """A form whose words stand in its template; the sentence of a mistake names its question by itself."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.label = field.label or ""


class PainField(forms.TypedChoiceField):
    """One of the eleven keys from 0 to 10; nothing is chosen beforehand."""

    def __init__(self, *, missing="", **options):
        options.setdefault("widget", forms.RadioSelect)
        messages = {"required": missing, "invalid_choice": NOT_ON_SCALE}
        super().__init__(choices=SCALE, coerce=int, empty_value=None, error_messages=messages, **options)


class TickField(forms.MultipleChoiceField):
    """Boxes to tick, with "None of these" as an answer of its own."""

    def __init__(self, *, choices, **options):
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        options.setdefault("error_messages", {"required": PICK_OR_NONE})
        super().__init__(choices=[*choices, (NONE, _("None of these"))], **options)

    def clean(self, value):
        """The ticked codes; an empty tuple for "None of these"."""
        ticked = super().clean(value)
        if NONE in ticked and len(ticked) > 1:
            raise forms.ValidationError(BOTH_TICKED, code="both")
        return tuple(code for code in ticked if code != NONE)


def add_refusal(form: forms.Form, refused: Refused, names: dict[str, str] | None = None) -> None:
    """Shows why a service declined, at the question it is about."""
    field = (names or {}).get(refused.field, refused.field)
    form.add_error(field if field in form.fields else None, refused.sentence)


def add_invalid(form: forms.Form, invalid: InvalidFact, names: dict[str, str] | None = None) -> None:
    """Shows a value the rules do not take, at its question."""
    field = (names or {}).get(invalid.field, invalid.field)
    form.add_error(field if field in form.fields else None, str(_("Please look at this answer again.")))
