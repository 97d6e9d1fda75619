"""The end of a draft: looked at by somebody else, published as the next version, or thrown away. Each asks first."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.step_up import confirmed
from recovery.services import plans
from recovery.services.back_tests.asking import fresh_for
from recovery.services.back_tests.summing import lost_escalations
from recovery.services.plan_moves import NEXT_PHASE, NOW, STAY, not_on, waiting_for_others
from recovery.services.plan_publishing import approvals_of, approve, ask_for_review, needs_second_eyes, publish_as
from recovery.services.refusals import Conflict, Refused

from .doors import draft_page, find_draft, form_page
from .editing import Editing
from .listing import row_of
from .moving import summary_of

LONGEST_APPROVER = 150
LONGEST_REASON = 2000
LONGEST_ROLE = 80
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
    running = forms.ChoiceField(
        label=gettext_lazy("People who are on the plan now"),
        choices=[
            (STAY, gettext_lazy("Stay on the version they are on")),
            (NEXT_PHASE, gettext_lazy("Move when their phase next changes")),
            (NOW, gettext_lazy("Move now")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what the people who are on the plan now should do.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the missing escalations may be missing"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, has_running: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["running"].required = has_running

    def approval(self, approvals) -> dict[str, str]:
        """The note that goes with the version: who is named here, else who approved the draft as it is."""
        who = self.cleaned_data["approved_by"] or "; ".join(
            f"{one.approved_by}, {one.role}, {date_format(timezone.localtime(one.approved_at), 'j F Y')}"
            for one in approvals
        )
        if who := who[:LONGEST_APPROVER]:
            return {"state": "approved", "note": _("Approved by %(who)s") % {"who": who}}
        return {"state": "default", "note": str(DEFAULT_NOTE)}


class ApprovalForm(EndForm):
    """In which role somebody approves the draft."""

    role = forms.CharField(label=gettext_lazy("Your role"), max_length=LONGEST_ROLE)


@draft_page
@form_page
@confirmed
def publish(request, draft):
    """Shows what will change and for whom, then makes the draft the newest version."""
    has_running = not_on(draft).exists()
    form = PublishForm(request.POST or None, initial={"revision": draft.revision}, has_running=has_running)
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data["revision"]
            approval, reason = form.approval(approvals_of(draft)), form.cleaned_data["reason"]
            choice = form.cleaned_data["running"] or STAY
            version = publish_as(draft.pk, told, approval, request.user, timezone.now(), reason, choice)
        except Refused as refused:
            return _refused(request, draft, form, refused, "publish", _standing)
        messages.success(request, _("Version %(number)s is live.") % {"number": version.number})
        return redirect("plans:version", draft.plan.key, version.number)
    return _page(request, draft, form, "publish", 400 if form.errors else 200, _standing(draft))


@draft_page
@form_page
def review(request, draft):
    """Where somebody else looks at a draft: asked for by the editor, approved by whoever did not edit it."""
    form = ApprovalForm(request.POST or None, initial={"revision": draft.revision})
    form.fields["role"].widget.attrs["class"] = "input"
    form.fields["role"].required = request.POST.get("act") != "ask"
    if request.method == "POST" and form.is_valid():
        try:
            _review(request, draft, form)
        except Refused as refused:
            return _refused(request, draft, form, refused, "review", _standing)
        return redirect("plans:review", draft.plan.key)
    return _page(request, draft, form, "review", 400 if form.errors else 200, _standing(draft))


def _review(request, draft, form) -> None:
    told, now = form.cleaned_data["revision"], timezone.now()
    if request.POST.get("act") == "ask":
        ask_for_review(draft.pk, told, now)
        messages.success(request, _("The draft is in review. A change takes it back."))
    else:
        approve(draft.pk, told, form.cleaned_data["role"], request.user, now)
        messages.success(request, _("Your approval stands with the draft as it is now."))


def _standing(draft) -> dict:
    """What publishing still needs."""
    tried, approvals = fresh_for(draft, timezone.now()), list(approvals_of(draft))
    editors = set(draft.editors.all())
    return {
        "tried": tried,
        "moving": summary_of(tried) if tried else None,
        "waiting": waiting_for_others(draft),
        "lost": lost_escalations(tried.summary) if tried else 0,
        "approvals": approvals,
        "needs_second_eyes": needs_second_eyes(),
        "has_second_eyes": any(one.approved_by not in editors for one in approvals),
    }


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


def _refused(request, draft, form, refused: Refused, name: str, standing=lambda draft: {}):
    """Shows the draft as it is now, so that the next tap means what it says."""
    stored = find_draft(draft.plan) or draft
    form.data = form.data.copy()
    form.data["revision"] = str(stored.revision)
    changed = _("Somebody else changed this draft meanwhile. Look at the changes again.")
    sentence = changed if refused.code == "edited_by_another" else refused.sentence
    form.add_error(refused.field if refused.field in form.fields else None, sentence)
    return _page(request, stored, form, name, 409 if isinstance(refused, Conflict) else 400, standing(stored))


def _page(request, draft, form, name: str, status: int, context: dict | None = None):
    editing = Editing(request, draft, lambda document, live: [])
    editing.status, editing.form = status, form
    return editing.page(name, row=row_of(draft.plan), changes_in_page=True, **(context or {}))
