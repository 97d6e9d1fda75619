"""The way out of routine letters; opening the page changes nothing, only its button or a mail program's does."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from recovery.channels.unsubscribe import person_id_of
from recovery.services import email_standing


@csrf_exempt  # a mail program posts without having been here; the signed address is what counts
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """Asks, or stops the letters; the same answer however often it is posted."""
    person = User.objects.filter(pk=person_id_of(token)).first()
    if person is None:
        raise Http404
    if request.method == "POST":
        email_standing.unsubscribe(person, timezone.now())
    return render(
        request, "recovery/unsubscribe.html", {"is_done": request.method == "POST", "is_patient": person.is_patient}
    )
