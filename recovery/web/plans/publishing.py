"""The end of a draft: published as the next version, or thrown away. Both ask first."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.step_up import confirmed
from recovery.services import plans
from recovery.services.plan_publishing import publish_as
from recovery.services.refusals import Conflict, Refused

from .doors import draft_page, find_draft, form_page
from .editing import Editing
from .listing import row_of

LONGEST_APPROVER = 150
DEFAULT_NOTE = gettext_lazy("Default, to be approved by a clinician")


class EndForm(forms.Form):
    """The draft as it was when the page was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(EndForm):
    """Who stands for the new version; nobody leaves it a default."""

    approved_by = forms.CharField(
        label=gettext_lazy("Approved by"),
        help_text=gettext_lazy("Name and role. Left empty, the version says that a clinician has yet to approve it."),
        required=False,
        max_length=LONGEST_APPROVER,
    )

    def approval(self) -> dict[str, str]:
        """The note that goes with the version."""
        who = self.cleaned_data["approved_by"]
        if who:
            return {"state": "approved", "note": _("Approved by %(who)s") % {"who": who}}
        return {"state": "default", "note": str(DEFAULT_NOTE)}


@draft_page
@form_page
@confirmed
def publish(request, draft):
    """Shows what will change and for whom, then makes the draft the newest version."""
    form = PublishForm(request.POST or None, initial={"revision": draft.revision})
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data["revision"]
            version = publish_as(draft.pk, told, form.approval(), request.user, timezone.now())
        except Refused as refused:
            return _refused(request, draft, form, refused, "publish")
        messages.success(request, _("Version %(number)s is live.") % {"number": version.number})
        return redirect("plans:version", draft.plan.key, version.number)
    return _page(request, draft, form, "publish", 400 if form.errors else 200)


@draft_page
@form_page
def discard(request, draft):
    """Asks, then throws the draft away."""
    form = EndForm(request.POST or None, initial={"revision": draft.revision})
    if request.method == "POST" and form.is_valid():
        try:
            plans.discard(draft.pk, form.cleaned_data["revision"])
        except Refused as refused:
            return _refused(request, draft, form, refused, "discard")
        messages.success(request, _("The draft is gone. The live version is as it was."))
        return redirect("plans:list")
    return _page(request, draft, form, "discard", 400 if form.errors else 200)


def _refused(request, draft, form, refused: Refused, name: str):
    """Shows the draft as it is now, so that the next tap means what it says."""
    stored = find_draft(draft.plan) or draft
    form.data = form.data.copy()
    form.data["revision"] = str(stored.revision)
    sentence = _("Somebody else changed this draft meanwhile. Look at the changes again.")
    is_conflict = isinstance(refused, Conflict)
    form.add_error(None, sentence if is_conflict else refused.sentence)
    return _page(request, stored, form, name, 409 if is_conflict else 400)


def _page(request, draft, form, name: str, status: int):
    editing = Editing(request, draft, lambda document, live: [])
    editing.status, editing.form = status, form
    return editing.page(name, row=row_of(draft.plan), changes_in_page=True)
