"""Questions of a form: pain pads, tiles of choices, warning signs, fields. Words live in templates/components."""

from collections.abc import Mapping

from django import template
from django.forms import BoundField

register = template.Library()

KEYS = range(11)
NONE_OF_THESE = "none"


def about(field: BoundField, legend: str | None, hint: str | None) -> dict:
    """What every question of a form needs: its id, words and mistakes, tied together for screen readers."""
    help_id, error_id = f"{field.auto_id}_helptext", f"{field.auto_id}_error"
    return {
        "field": field,
        "id": field.auto_id,
        "name": field.html_name,
        "legend": field.label if legend is None else legend,
        "hint": field.help_text if hint is None else hint,
        "hint_id": help_id,
        "errors": field.errors,
        "error_id": error_id,
        "described_by": error_id if field.errors else "",
    }


def chosen_number(field: BoundField) -> int | None:
    """The key already chosen, or nothing when the answer is missing or no number."""
    try:
        return int(field.value())
    except (TypeError, ValueError):
        return None


@register.inclusion_tag("components/pain_pad.html")
def pain_pad(
    field: BoundField,
    legend: str | None = None,
    hint: str | None = None,
    yesterday: int | None = None,
    required: bool | None = None,
    words: str = "pain",
) -> dict:
    """Eleven keys from 0 to 10 for one field; words: pain, stiffness, function, confidence, mood, sleep or activity."""
    return about(field, legend, hint) | {
        "keys": KEYS,
        "chosen": chosen_number(field),
        "yesterday": yesterday,
        "required": field.field.required if required is None else required,
        "words": words,
    }


@register.inclusion_tag("components/pad_buttons.html")
def pad_buttons(name: str, legend: str, yesterday: int | None = None, words: str = "pain") -> dict:
    """The same keys as submit buttons of the form around them: one tap answers and starts."""
    return {"name": name, "legend": legend, "keys": KEYS, "yesterday": yesterday, "words": words}


def tiles(field: BoundField, hints: Mapping | None, reveals: str) -> list[dict]:
    """The options of a radio or checkbox field as plain values for the tile template."""
    opening = reveals.split()
    return [
        {
            "type": option.data["type"],
            "name": option.data["name"],
            "value": str(option.data["value"]),
            "label": option.data["label"],
            "hint": (hints or {}).get(str(option.data["value"]), ""),
            "selected": option.data["selected"],
            "required": option.data["attrs"].get("required", False),
            "reveals": str(option.data["value"]) in opening,
        }
        for option in field
        if str(option.data["value"])
    ]


@register.inclusion_tag("components/choices.html")
def choices(
    field: BoundField,
    legend: str | None = None,
    hint: str | None = None,
    layout: str = "",
    hints: Mapping | None = None,
    reveals: str = "",
    quiet: bool = False,
) -> dict:
    """Tiles for a radio or checkbox field.

    layout: "" (as many columns as fit), "list" (one) or "three"; hints: a small line by value; quiet: a small legend;
    reveals: values, parted by spaces, that open the `.reveal` block inside the nearest `.reveals`.
    An option with the value "none" becomes "None of these": it stands last and clears the others.
    """
    options = tiles(field, hints, reveals)
    none = next((option for option in options if is_none(option)), None)
    return about(field, legend, hint) | {
        "options": [option for option in options if option is not none],
        "none_of_these": none,
        "layout": layout,
        "quiet": quiet,
    }


def is_none(option: dict) -> bool:
    """Whether a tile is the "None of these" of a list of checkboxes."""
    return option["type"] == "checkbox" and option["value"] == NONE_OF_THESE


@register.inclusion_tag("components/choices.html")
def flags(field: BoundField, legend: str | None = None, hint: str | None = None, hints: Mapping | None = None) -> dict:
    """Warning signs as one column of boxes that turn red when ticked, with "None of these" at the end."""
    return choices(field, legend, hint, "list choices--flags", hints)


@register.inclusion_tag("components/field.html")
def field(field: BoundField, label: str | None = None, hint: str | None = None, **attributes: str) -> dict:
    """One field with its label, hint, mistake and control; extra keywords become attributes, such as `rows=3`."""
    is_check = getattr(field.field.widget, "input_type", "") == "checkbox"
    extra = {key.replace("_", "-"): value for key, value in attributes.items()}
    if not is_check:
        extra["class"] = " ".join(filter(None, ["input", field.field.widget.attrs.get("class"), extra.get("class")]))
    return about(field, label, hint) | {
        "label": field.label if label is None else label,
        "is_check": is_check,
        "control": field.as_widget(attrs=extra),
    }
