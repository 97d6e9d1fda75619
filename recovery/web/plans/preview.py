"""What a patient in a phase would find on the phone, from a draft as it is typed: by the patient's own templates."""

from functools import partial

from django.http import Http404
from django.shortcuts import render

from recovery.rules.facts import PHASES
from recovery.services.activities import WEEKDAYS
from recovery.services.plan_documents import document_of

from .doors import draft_page, form_page
from .editing import Editing
from .paths import get
from .phase import slots_of
from .phone import FIRST_DAY, phone_of
from .prescribing import ORDER, adding_fields, put_in_order


@draft_page
@form_page
def show(request, draft, phase):
    """The phone as a page of its own; asked by a script with what is typed, the phone alone."""
    if phase not in PHASES:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    day = sent.get("preview_day", FIRST_DAY)
    editing = Editing(request, draft, partial(slots_of, phase=phase), adding_fields(document_of(draft), phase))
    document = editing.document
    if request.method == "POST" and editing.form.is_valid():
        document = editing.form.applied(document)
        put_in_order(document["prescriptions"][phase], editing.form.cleaned_data[ORDER].split())
    context = phone_of(document, phase, day if day in WEEKDAYS else FIRST_DAY)
    if request.htmx:
        return render(request, "recovery/plans/phone.html", context | {"plan": draft.plan})
    return editing.page("preview", phase=get(document, ("phases", phase)), **context)
