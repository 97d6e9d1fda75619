"""What people answer to our text messages, as the provider tells it: the word STOP ends them."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from recovery.services import phone_numbers


@csrf_exempt  # a provider posts without having been here; the secret in the address is what counts
@never_cache
@require_POST
def incoming(request, secret):
    """Hears one answer; the same reply whatever it was, with nothing for the provider to send back."""
    known = settings.SMS["INCOMING_SECRET"]
    if not known or not constant_time_compare(secret, known):
        raise Http404
    phone_numbers.hear(request.POST.get("From", ""), request.POST.get("Body", ""), timezone.now())
    return HttpResponse("<Response/>", content_type="text/xml")
