"""One phase of a draft: its words, its rules, and its exercises with their doses."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recovery.rules.facts import PHASES
from recovery.services.plan_documents import document_of

from .articles import articles_slot
from .doors import draft_page, form_page
from .dose_rows import doses_of
from .doses import dose_slots
from .editing import Editing
from .fields import LinesField, text_field
from .paths import get, name_of
from .phone import phone_of
from .prescribing import DOWN, ORDER, UP, act_on, adding_fields
from .rules_sheet import rule_slots, rules_of
from .slots import Slot

LONGEST_TITLE = 80
PLATEAU = gettext_lazy("Days in this phase before the clinic is told")


def slots_of(document, live, phase: str) -> list[Slot]:
    """Everything that can be changed on the page of a phase."""
    where = ("phases", phase)
    return [
        Slot((*where, "title"), text_field(_("Title"), _("Give the phase a title."), max_length=LONGEST_TITLE)),
        Slot((*where, "goal"), text_field(_("What the person reads"), _("Say what the phase is for."), rows=2)),
        Slot((*where, "allowed"), LinesField(label=_("Allowed"))),
        Slot((*where, "forbidden"), LinesField(label=_("Not yet"))),
        *rule_slots(document, live, phase, PLATEAU),
        articles_slot(phase),
        *dose_slots(document, live, phase),
    ]


@draft_page
@form_page
def edit(request, draft, phase):
    """Edits a phase; the pressed button may also move, remove or add an exercise."""
    if phase not in PHASES:
        raise Http404
    act = request.POST.get("act", "")
    extras = adding_fields(document_of(draft), phase)
    change = partial(act_on, phase=phase, act=act)
    editing = Editing(request, draft, partial(slots_of, phase=phase), extras, change)
    if editing.saved():
        messages.success(request, _("Saved in the draft."))
        return redirect(reverse("plans:phase", args=[draft.plan.key, phase]) + _place_of(act))
    document, form = editing.document, editing.form
    return editing.page(
        "phase",
        phase=get(document, ("phases", phase)),
        number=PHASES.index(phase) + 1,
        count=len(PHASES),
        words=[form[f"phases-{phase}-{name}"] for name in ("title", "goal", "allowed", "forbidden")],
        articles=form[name_of(articles_slot(phase).path)],
        rules=rules_of(document, editing.live, phase, PLATEAU, form),
        doses=doses_of(document, phase, form),
        adding=[form[name] for name in extras if name != ORDER],
        order=form[ORDER],
        **phone_of(document, phase),
    )


def _place_of(act: str) -> str:
    """Where the page opens again: at the exercise that was moved."""
    verb, _colon, code = act.partition(":")
    return f"#{code}" if verb in (UP, DOWN) and code.isalnum() else "#exercises" if act else ""
