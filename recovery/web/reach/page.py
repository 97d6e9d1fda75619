"""How we reach you: by which ways, and everything that was sent."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recovery.models import OutboxMessage
from recovery.services import email_standing, staff_wishes
from recovery.services.refusals import Refused
from recovery.web.access import staff_required
from recovery.web.paging import page_of
from recovery.web.ways.acting import ways_of
from recovery.web.ways.forms import CodeForm, NumberForm

SHOWN = 5


class WaysForm(forms.Form):
    """Which ways somebody wants to be told by."""

    by_email = forms.BooleanField(required=False)
    by_push = forms.BooleanField(required=False)
    by_sms = forms.BooleanField(required=False)


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request):
    """The whole page; this door keeps the ways."""
    form = WaysForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _kept(request.user, form):
        messages.success(request, _("Saved."))
        return redirect("reach:show")
    return page(request, ways=form if form.is_bound else None)


@never_cache
@staff_required
@require_POST
def digest(request):
    """The weekly letter of the clinic: wanted from now on, or no longer."""
    if request.POST.get("wish") == "off":
        email_standing.unsubscribe(request.user, timezone.now())
    else:
        email_standing.subscribe(request.user)
    messages.success(request, _("Saved."))
    return redirect("reach:show")


@never_cache
@staff_required
@require_safe
def sent(request):
    """Everything that was sent to this person, in pages."""
    found = page_of(_sent_to(request.user), request.GET.get("page"))
    return render(request, "recovery/reach/sent.html", {"page": found, "tab": "reach"})


def page(request, ways=None, device=None, number=None, code=None):
    """The page, with the form that had a mistake, if any."""
    user = request.user
    faulty = next((form for form in (ways, device, number, code) if form is not None), None)
    standing = email_standing.standing_of(user)
    wish, working = staff_wishes.wish_of(user), staff_wishes.working(user)
    context = {
        "tab": "reach",
        "ways": ways_of(user),
        "form": ways or WaysForm(initial={name: getattr(wish, name) for name in WaysForm.base_fields}),
        "working": working,
        "nothing_works": not any(wish.takes(channel) for channel in working),
        "refused_at": standing.refused_at if standing.refused_address == user.email else None,
        "has_digest": standing.unsubscribed_at is None,
        "number": number or NumberForm(),
        "code": code or CodeForm(),
        "faulty": faulty,
        "messages_sent": list(_sent_to(user)[: SHOWN + 1]),
    }
    status = HTTPStatus.BAD_REQUEST if faulty else HTTPStatus.OK
    return render(request, "recovery/reach/show.html", context, status=status)


def _kept(user, form: WaysForm) -> bool:
    """Whether the wish could be kept; otherwise the form says why not."""
    try:
        staff_wishes.keep(user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


def _sent_to(user):
    return OutboxMessage.objects.of(user).prefetch_related("deliveries").order_by("-created_at", "pk")
