"""The plan-wide numbers of a draft, in groups."""

from collections.abc import Mapping

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .doors import draft_page, form_page
from .editing import Editing
from .quantities import Number, number_at, quantity_slot
from .slots import Slot, SlotForm
from .threshold_names import GROUPS, THRESHOLD_NAMES


def slots_of(document: Mapping, live: Mapping) -> list[Slot]:
    """A slot for every number that may be moved."""
    return [
        slot
        for key in document["thresholds"]
        for slot in quantity_slot(document, live, ("thresholds", key), THRESHOLD_NAMES.get(key, key))
    ]


def groups_of(document: Mapping, live: Mapping, form: SlotForm | None = None) -> list[tuple[str, list[Number]]]:
    """The numbers in their groups, with inputs when there is a form."""
    return [
        (title, [number_at(document, live, ("thresholds", key), name, form) for key, name in group.items()])
        for title, group in GROUPS.items()
    ]


@draft_page
@form_page
def edit(request, draft):
    """Edits the plan-wide numbers."""
    editing = Editing(request, draft, slots_of)
    if editing.saved():
        messages.success(request, _("Saved in the draft."))
        return redirect("plans:thresholds", draft.plan.key)
    return editing.page("thresholds", here="thresholds", groups=groups_of(editing.document, editing.live, editing.form))
