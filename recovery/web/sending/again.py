"""Sends again what was given up."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import note_shown
from recovery.services import parked
from recovery.services.refusals import Refused
from recovery.web.access import admin_required


@admin_required
@require_POST
def again(request, message_id):
    """Makes one message due again; pressed twice, the second time says that it is on its way."""
    try:
        message = parked.send_again(message_id, timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        concerned = message.episode.patient_id if message.episode else message.recipient_id
        note_shown(request, [concerned] if concerned else [])
        messages.success(request, _("It is on its way again. If it fails for three more days, it comes back here."))
    return redirect("sending:show")
