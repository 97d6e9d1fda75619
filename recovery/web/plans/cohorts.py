"""A simulated cohort on a draft beside the live version: asking, watching it come along, and what it came to."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from recovery.models import CohortTrial
from recovery.models.cohort import FEWEST, LONGEST_WEEKS, MOST, SHORTEST_WEEKS
from recovery.services.cohort_trials import asking
from recovery.services.cohort_trials.summing import progress_of
from recovery.services.refusals import Refused

from .cohort_figures import figures_of
from .doors import draft_page, find_draft, form_page, plan_page
from .editing import Editing

KEPT_IN_SIGHT = 10


class CohortForm(forms.Form):
    """How many people, for how long, and which."""

    patients = forms.IntegerField(label=gettext_lazy("People"), min_value=FEWEST, max_value=MOST, initial=400)
    weeks = forms.IntegerField(
        label=gettext_lazy("Weeks"), min_value=SHORTEST_WEEKS, max_value=LONGEST_WEEKS, initial=12
    )
    seed = forms.IntegerField(label=gettext_lazy("Number of the cohort"), min_value=1, max_value=10_000, initial=1)


@draft_page
@form_page
def ask(request, draft):
    """Begins a cohort on the draft as it is now, and lists those before."""
    editing = Editing(request, draft, lambda document, live: [])
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            trial = asking.ask(draft, **form.cleaned_data, by=request.user, now=timezone.now())
            return redirect("plans:cohort", draft.plan.key, trial.pk)
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
    editing.status, editing.form = 400 if form.errors else 200, form
    earlier = draft.plan.cohort_trials.select_related("live", "asked_by")[:KEPT_IN_SIGHT]
    return editing.page("cohort_ask", here="cohort", earlier=earlier)


@plan_page
@require_safe
def show(request, plan, trial_id):
    """How far it has come, or what it came to; the part that changes is asked for again by itself."""
    trial = _one(plan, trial_id)
    context = {"tab": "plans", "plan": plan, "trial": trial, "draft": find_draft(plan)}
    if trial.is_running:
        context["done"] = progress_of(trial)
    if trial.is_done:
        context |= figures_of(trial)
    name = "cohort_state" if request.htmx and trial.is_running else "cohort"
    answer = render(request, f"recovery/plans/{name}.html", context)
    if request.htmx and not trial.is_running:
        answer["HX-Refresh"] = "true"
    return answer


@plan_page
@require_POST
def cancel(request, plan, trial_id):
    """Stops a running cohort."""
    trial = _one(plan, trial_id)
    if asking.cancel(trial, timezone.now()):
        messages.success(request, _("The simulation is cancelled. Nothing was changed."))
    return redirect("plans:cohort", plan.key, trial.pk)


def _one(plan, trial_id) -> CohortTrial:
    return get_object_or_404(plan.cohort_trials.select_related("plan", "live", "asked_by"), pk=trial_id)
