"""A browser whose push service gave it another address says so, and stays its person's."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from recovery.services import devices
from recovery.services.refusals import Refused
from recovery.web.ways.forms import RenewForm


@csrf_exempt  # the worker asks with nobody signed in; the old address and its secret are the proof
@never_cache
@require_POST
def renew(request):
    """Puts the new address in the place of the old one; posted again it says the same, and strangers get 404."""
    form = RenewForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        devices.renew(**form.cleaned_data, now=timezone.now())
    except Refused as refused:
        raise Http404 from refused
    return HttpResponse(status=204)
