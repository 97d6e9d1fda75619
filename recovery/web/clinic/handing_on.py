"""Putting a plan aside, ending it, and sending the patient on with a letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from recovery.rules.reminders import local_day
from recovery.services import attention, handing_on, tightenings
from recovery.services.episodes import standing_override
from recovery.services.refusals import Refused
from recovery.web.documents.sheet import pdf
from recovery.web.patient.presenters.summary import summary_page

from .doors import add_refusal, clinic_page, find_episode
from .handing_on_forms import EndForm, PauseForm, ReferForm
from .report import paper_label
from .threads import conversations, shared_clinics

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@clinic_page
@form_page
def pause(request, episode_id):
    """Puts the plan aside until a day."""

    def act(episode, form, now):
        told = form.cleaned_data
        handing_on.pause(episode.pk, told["why"], told["resumes_on"], form.words(), request.user, now)
        messages.success(request, _("Paused. Your words wait for them as a message."))
        return redirect("clinic:patient", episode.pk)

    return _page(request, episode_id, "pause", PauseForm, act)


@never_cache
@clinic_page
@form_page
def end(request, episode_id):
    """Ends the plan and says what stays open."""

    def act(episode, form, now):
        told = form.cleaned_data
        handing_on.end(episode.pk, told["why"], told["note"], form.words(), request.user, now)
        messages.success(request, _("Ended. No more reminders leave; everything that was written stays readable."))
        return redirect("clinic:patient", episode.pk)

    return _page(request, episode_id, "end", EndForm, act)


@never_cache
@clinic_page
@form_page
def refer(request, episode_id):
    """Records to whom the patient is sent on, and why."""

    def act(episode, form, now):
        told = form.cleaned_data
        handing_on.refer(episode.pk, told["to_whom"], told["why"], form.words(), request.user, now, told["is_ended"])
        messages.success(request, _("Recorded. The letter is below, to print or to send."))
        return redirect("clinic:refer", episode.pk)

    return _page(request, episode_id, "refer", ReferForm, act)


@never_cache
@clinic_page
@require_safe
def letter(request, episode_id, referral_id):
    """The letter to whoever goes on with the patient, on one sheet."""
    episode = find_episode(request, episode_id)
    referral = get_object_or_404(episode.referrals.select_related("made_by", "clinic"), pk=referral_id)
    page = summary_page(episode, local_day(timezone.now(), episode.patient.zone))
    context = {
        "page": page,
        "chart": page.chart,
        "label": paper_label,
        "referral": referral,
        "age": page.intake and page.intake.age,
    }
    name = f'attachment; filename="backstride-letter-{referral.made_at:%Y-%m-%d}.pdf"'
    document = pdf("documents/referral.xml", context)
    return HttpResponse(document, content_type="application/pdf", headers={"Content-Disposition": name})


def _page(request, episode_id, name: str, form_class, act):
    episode, now = find_episode(request, episode_id), timezone.now()
    form = form_class(request.POST or None, clinics=shared_clinics(request.user, episode.patient))
    if request.method == "POST" and form.is_valid():
        try:
            return act(episode, form, now)
        except Refused as refused:
            add_refusal(form, refused)
    if form.is_bound:
        form = form.with_fresh_key()
    context = {"tab": "panel", "episode": episode, "form": form, **_open_things(request, episode, now)}
    return render(request, f"recovery/clinic/handing_on/{name}.html", context, status=400 if form.errors else 200)


def _open_things(request, episode, now) -> dict:
    """What an end leaves open, and what was recorded before."""
    today = local_day(now, episode.patient.zone)
    return {
        "escalations": attention.weighed(now).filter(episode=episode),
        "waiting": [each for each in conversations(request.user, episode.patient) if each["thread"].waiting_since],
        "override": standing_override(episode, today),
        "limits": tightenings.standing(episode, today).count(),
        "referrals": episode.referrals.select_related("made_by").order_by("-pk"),
    }
