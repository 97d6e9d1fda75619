"""The exercise library of a draft: the list, one exercise, and a new one."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recovery.services.plan_documents import document_of

from .doors import draft_page, form_page
from .editing import Editing
from .exercise_slots import OWN_FIELDS, exercise_slots, new_exercise, next_code
from .library import entries_of, kinds_of

LONGEST_SEARCH = 100


@draft_page
@require_safe
def show(request, draft):
    """The library with drawings, searched by words, narrowed to a kind; and where each exercise is used."""
    editing = Editing(request, draft, lambda document, live: [])
    words, kind = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("kind", "")
    entries = [entry for entry in entries_of(editing.document) if entry.fits(words, kind)]
    found = {"words": words, "kind": kind, "all": len(editing.document["exercises"])}
    return editing.page("exercises", here="exercises", library=entries, kinds=kinds_of(editing.document), **found)


@draft_page
@form_page
def edit(request, draft, code):
    """Edits one exercise."""
    if all(exercise["code"] != code for exercise in document_of(draft)["exercises"]):
        raise Http404
    return _answer(Editing(request, draft, partial(exercise_slots, code=code)), code)


@draft_page
@form_page
def add(request, draft):
    """Adds an exercise to the library under the next free code."""
    code = next_code(document_of(draft))
    return _answer(
        Editing(request, draft, partial(exercise_slots, code=code), prepare=partial(new_exercise, code=code)), ""
    )


def _answer(editing: Editing, code: str):
    if editing.saved():
        messages.success(editing.request, _("Saved in the draft."))
        return redirect("plans:exercises", editing.draft.plan.key)
    fields = [editing.form[name] for name in editing.form.slots]
    own, translated = fields[:OWN_FIELDS], fields[OWN_FIELDS:]
    return editing.page("exercise", here="exercises", code=code, fields=own, translated=translated)
