"""Trying a draft on the stored histories: asking, watching it come along, and what it came to."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Clinic
from recovery.models import BackTest
from recovery.rules.facts import PHASES
from recovery.services.back_tests import asking
from recovery.services.back_tests.summing import progress_of
from recovery.services.refusals import Refused

from .back_test_figures import figures_of
from .doors import draft_page, find_draft, form_page, plan_page
from .editing import Editing

KEPT_IN_SIGHT = 10
DAY = forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")


class AskForm(forms.Form):
    """Which episodes to try the draft on; everybody when nothing is chosen."""

    clinic = forms.ModelChoiceField(
        Clinic.objects.all(), label=gettext_lazy("Clinic"), required=False, empty_label=gettext_lazy("Every clinic")
    )
    phase = forms.ChoiceField(label=gettext_lazy("Now in"), required=False)
    since = forms.DateField(label=gettext_lazy("Begun from"), required=False, widget=DAY)
    until = forms.DateField(label=gettext_lazy("Begun until"), required=False, widget=DAY)

    def __init__(self, data, titles):
        super().__init__(data)
        self.fields["phase"].choices = [("", _("Every phase")), *((key, titles[key]) for key in PHASES)]
        for name in ("clinic", "phase"):
            self.fields[name].widget.attrs["class"] = "input"

    def chosen(self) -> asking.Filter:
        """The answers as a filter."""
        return asking.Filter(**self.cleaned_data)


@draft_page
@form_page
def ask(request, draft):
    """Begins a back-test of the draft as it is now, and lists those before."""
    editing = Editing(request, draft, lambda document, live: [])
    titles = {phase["key"]: phase["title"] for phase in editing.document["phases"]}
    form = AskForm(request.POST or None, titles)
    if request.method == "POST" and form.is_valid():
        try:
            asked = asking.ask(draft, form.chosen(), request.user, timezone.now())
            return redirect("plans:back_test", draft.plan.key, asked.pk)
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
    editing.status, editing.form = 400 if form.errors else 200, form
    earlier = draft.plan.back_tests.select_related("live", "asked_by", "clinic")[:KEPT_IN_SIGHT]
    fresh = asking.fresh_for(draft, timezone.now())
    return editing.page("back_test_ask", here="back_test", earlier=earlier, fresh=fresh)


@plan_page
@require_safe
def show(request, plan, back_test_id):
    """How far it has come, or what it came to; the part that changes is asked for again by itself."""
    asked = _one(plan, back_test_id)
    draft = find_draft(plan)
    context = {"tab": "plans", "plan": plan, "asked": asked, "draft": draft}
    if asked.is_running:
        context["done"] = progress_of(asked)
    if asked.is_done:
        fresh = asking.fresh_for(draft, timezone.now()) if draft else None
        context |= {"counts": fresh is not None and fresh.pk == asked.pk, **figures_of(asked)}
    name = "back_test_state" if request.htmx and asked.is_running else "back_test"
    answer = render(request, f"recovery/plans/{name}.html", context)
    if request.htmx and not asked.is_running:
        answer["HX-Refresh"] = "true"
    return answer


@plan_page
@require_POST
def cancel(request, plan, back_test_id):
    """Stops a running back-test."""
    asked = _one(plan, back_test_id)
    if asking.cancel(asked, timezone.now()):
        messages.success(request, _("The back-test is cancelled. Nothing was changed."))
    return redirect("plans:back_test", plan.key, asked.pk)


def _one(plan, back_test_id) -> BackTest:
    rows = plan.back_tests.select_related("plan", "live", "asked_by", "clinic")
    return get_object_or_404(rows, pk=back_test_id)
