"""A plan as a file: taken out, and brought back into the draft."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from recovery.services.plan_documents import document_of
from recovery.services.plan_files import LARGEST, BadFile, as_yaml, import_into_draft, read
from recovery.services.refusals import Conflict, Refused

from .doors import draft_page, find_draft, form_page, plan_page

MOST_FAULTS = 60


class FileForm(forms.Form):
    """A plan file, and the draft it replaces."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=gettext_lazy("Plan file"), widget=forms.FileInput(attrs={"class": "input", "accept": ".yaml,.yml"})
    )


def _download(document: dict, name: str) -> HttpResponse:
    answer = HttpResponse(as_yaml(document), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return answer


@plan_page
@require_safe
def version_file(request, plan, number):
    """A published version as a file."""
    version = get_object_or_404(plan.versions.exclude(status="draft"), number=number)
    return _download(document_of(version), f"{plan.key}-{number}")


@draft_page
@require_safe
def draft_file(request, draft):
    """The draft as a file."""
    return _download(document_of(draft), f"{draft.plan.key}-draft")


@plan_page
@form_page
def bring_in(request, plan):
    """Makes a file the plan's draft, or lists everything that is wrong with it."""
    draft = find_draft(plan)
    form = FileForm(
        request.POST or None, request.FILES or None, initial={"revision": draft.revision if draft else None}
    )
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _bring_in(request, plan, form.cleaned_data)
                messages.success(request, _("The file is now the draft. Look at the changes."))
                return redirect("plans:draft", plan.key)
            except BadFile as bad:
                faults = list(bad.faults)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = 409 if isinstance(refused, Conflict) else 400
    context = {"tab": "plans", "plan": plan, "draft": draft, "form": form, "faults": faults[:MOST_FAULTS]}
    return render(request, "recovery/plans/file.html", context | {"more": len(faults[MOST_FAULTS:])}, status=status)


def _bring_in(request, plan, given: dict) -> None:
    raw = given["file"].read(LARGEST + 1)
    import_into_draft(plan, read(raw, plan), given["revision"], request.user, timezone.now())
