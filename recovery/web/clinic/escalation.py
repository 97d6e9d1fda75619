"""One escalation: why it was raised, who was told, and taking or closing it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recovery.models import Intake
from recovery.services import attention, climbing, escalations
from recovery.services.refusals import Refused
from recovery.web import rule_words

from .doors import add_refusal, clinic_page, find_escalation
from .forms import OUTCOME_HINTS, AcknowledgeForm, ResolveForm, TakeOverForm
from .history import latest_answers, spark_of


@clinic_page
@require_safe
def show(request, escalation_id):
    """Everything about one escalation on one page."""
    return _page(request, find_escalation(request, escalation_id))


@clinic_page
@require_POST
def acknowledge(request, escalation_id):
    """I have this: the first clinician to say so has it, the second is told who."""
    escalation = find_escalation(request, escalation_id)
    form = AcknowledgeForm(request.POST)
    if form.is_valid():
        try:
            escalations.acknowledge(escalation.pk, request.user, timezone.now(), form.cleaned_data["note"])
        except Refused as refused:
            add_refusal(form, refused)
            return _page(request, find_escalation(request, escalation_id), 409, acknowledging=form)
        messages.success(request, _("You have this now. Record what happened when you know."))
        return redirect("clinic:escalation", escalation.pk)
    return _page(request, escalation, 400, acknowledging=form)


@clinic_page
@require_POST
def take_over(request, escalation_id):
    """I have this now instead of a colleague, who may be away; whoever was quicker is named."""
    escalation = find_escalation(request, escalation_id)
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        return _page(request, escalation, 400, acknowledging=form)
    holder, note = form.cleaned_data["holder"], form.cleaned_data["note"]
    try:
        escalations.take_over(escalation.pk, request.user, holder, timezone.now(), note)
    except Refused as refused:
        add_refusal(form, refused)
        return _page(request, find_escalation(request, escalation_id), 409, acknowledging=form)
    messages.success(request, _("You have this now. Record what happened when you know."))
    return redirect("clinic:escalation", escalation.pk)


@clinic_page
@require_POST
def resolve(request, escalation_id):
    """It is done: an outcome and a note close it for everybody."""
    escalation = find_escalation(request, escalation_id)
    form = ResolveForm(request.POST)
    if form.is_valid():
        outcome, note = form.cleaned_data["outcome"], form.cleaned_data["note"]
        try:
            escalations.resolve(escalation.pk, request.user, outcome, note, timezone.now())
        except Refused as refused:
            add_refusal(form, refused)
            return _page(request, find_escalation(request, escalation_id), 409, resolving=form)
        messages.success(request, _("Closed. Your note is kept with it."))
        return redirect("clinic:patient", escalation.episode_id)
    return _page(request, escalation, 400, resolving=form)


def _page(request, escalation, status: int = 200, acknowledging=None, resolving=None):
    now = timezone.now()
    episode = escalation.episode
    weighed = attention.weighed(now).filter(pk=escalation.pk).first()
    answers = latest_answers(episode, now)
    context = {
        "now": now,
        "tab": "panel",
        "escalation": escalation,
        "episode": episode,
        "is_sign": escalation.code.startswith("RF"),
        **_words(escalation),
        "next_step": next(iter(climbing.climb_of(escalation).ahead), None),
        "is_overdue": bool(weighed and weighed.is_overdue),
        "due_at": _due_at(escalation),
        "acknowledging": acknowledging or AcknowledgeForm(),
        "resolving": resolving or ResolveForm(),
        "outcome_hints": OUTCOME_HINTS,
        "mistaken": resolving or acknowledging,
        "late_before": now - attention.DELIVERED_WITHIN,
        "undelivered": bool(weighed and weighed.undelivered),
        "log": _log(escalation),
        "spark": spark_of(answers, episode, now),
        "latest": answers[-1] if answers else None,
        "intake": Intake.objects.filter(episode=episode).last(),
    }
    return render(request, "recovery/clinic/escalation.html", context, status=status)


def _log(escalation) -> list[dict]:
    """Who took it and what was sent, the newest first."""
    takings = escalation.acknowledgements.select_related("made_by")
    sent = escalation.messages.select_related("recipient").prefetch_related("deliveries").order_by("created_at", "pk")
    log = [{"at": row.made_at, "taking": row} for row in takings]
    log += [{"at": row.created_at, "message": row} for row in sent]
    return sorted(log, key=lambda entry: entry["at"], reverse=True)


def _words(escalation) -> dict:
    """Warning signs as ticked, or the notice as it was shown."""
    if escalation.code.startswith("RF"):
        flags = escalation.figures.get("flags") or [escalation.code]
        return {"signs": [(flag, rule_words.of_flag(flag, "clinician"), rule_words.of_flag(flag)) for flag in flags]}
    parts = ("title", "patient", "action", "clinician")
    return {"told": {part: rule_words.of_notice(escalation.code, part, escalation.figures) for part in parts}}


def _due_at(escalation):
    """When somebody should have taken it; nothing for advice, or once somebody has."""
    limit = attention.TAKEN_WITHIN.get(escalation.urgency)
    return escalation.raised_at + limit if limit and escalation.status == "open" else None
