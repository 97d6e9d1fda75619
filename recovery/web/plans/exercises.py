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
from .exercise_slots import KINDS, exercise_slots, new_exercise, next_code

READ_ONLY: list = []


@draft_page
@require_safe
def show(request, draft):
    """The library as a list, with the phases that use each exercise."""
    editing = Editing(request, draft, lambda document, live: READ_ONLY)
    titles = {phase["key"]: phase["title"] for phase in editing.document["phases"]}
    used: dict[str, list[str]] = {}
    for phase, items in editing.document["prescriptions"].items():
        for item in items:
            used.setdefault(item["exercise"], []).append(titles[phase])
    library = [
        {
            "exercise": exercise,
            "kind": KINDS.get(exercise["kind"], exercise["kind"]),
            "phases": used.get(exercise["code"], []),
        }
        for exercise in editing.document["exercises"]
    ]
    return editing.page("exercises", here="exercises", library=library)


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
    return editing.page(
        "exercise", here="exercises", code=code, fields=[editing.form[name] for name in editing.form.slots]
    )
