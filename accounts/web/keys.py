"""The keys a person's programs hold: listed, and ended one by one."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..models import ApiToken
from ..services import tokens
from .views import say


@never_cache
@login_required
@require_safe
def keys(request):
    """Every key that still opens something; no secret is shown, for none is kept."""
    return render(request, "accounts/keys.html", {"keys": ApiToken.objects.of(request.user).active()})


@never_cache
@login_required
@require_POST
def end(request, key_id):
    """Ends one of my own keys at once."""
    tokens.revoke(get_object_or_404(ApiToken.objects.of(request.user), pk=key_id), timezone.now())
    say(request, "accounts/messages/key_ended.txt")
    return redirect("accounts:keys")
