"""Which articles a phase offers first; those that say so themselves when the plan does not choose."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recovery.web.articles import articles, articles_for

from .paths import Path, get, put
from .slots import Slot


def articles_slot(phase: str) -> Slot:
    """The slot of a phase's articles."""
    field = forms.MultipleChoiceField(
        label=_("Reading in this phase"),
        choices=[(each.slug, each.title) for each in articles()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    return Slot(("phases", phase, "articles"), field, chosen, choose)


def chosen(document, path: Path) -> list[str]:
    """What the plan chose, or what the articles say themselves."""
    return get(document, path[:-1]).get(path[-1]) or by_themselves(str(path[1]))


def choose(document: dict, path: Path, value: list[str]) -> None:
    """Keeps a choice; the articles' own one, or none at all, is no choice."""
    if sorted(value) in ([], sorted(by_themselves(str(path[1])))):
        get(document, path[:-1]).pop(path[-1], None)
    else:
        put(document, path, value)


def by_themselves(phase: str) -> list[str]:
    """The articles that name this phase."""
    return [each.slug for each in articles_for(phase)]
