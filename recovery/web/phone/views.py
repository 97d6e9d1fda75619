"""The manifest, the worker and the page without a network; they are the same for everybody."""

import json

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from accounts.services.marks import mark_of

from .shell import WORKER, shell

PAPER, SPRUCE = "#f7f1e5", "#1a4a3c"
ICONS = (("192", "any"), ("512", "any"), ("maskable-512", "maskable"))


@require_safe
@cache_control(max_age=3600)
def manifest(request):
    """What the phone's home screen shows, and where it opens."""
    body = {
        "id": "/",
        "name": "Backstride",
        "short_name": "Backstride",
        "description": _("A day-by-day plan for runners with a sore lower back."),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("patient:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": SPRUCE,
        "categories": ["health", "fitness"],
        "icons": [_icon(name, purpose) for name, purpose in ICONS],
        "shortcuts": [
            {"name": _("Check in"), "url": reverse("patient:check_in")},
            {"name": _("Urgent help"), "url": reverse("patient:urgent_help")},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request):
    """Served from the root, so that it answers for every page; its content names the release it belongs to."""
    script = f"import {{ start }} from {json.dumps(static(WORKER))};\nstart({json.dumps(shell())});\n"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@never_cache
def session(request):
    """Who is signed in, and the token a change needs: what a phone asks before it sends what waited."""
    return JsonResponse({"person": mark_of(request.user), "csrf": get_token(request)})


@require_safe
@cache_control(no_cache=True)
def offline(request):
    """Stands in for a page the phone does not have."""
    return render(request, "recovery/phone/offline.html")


def _icon(name: str, purpose: str) -> dict:
    size = name.rpartition("-")[2]
    return {
        "src": static(f"recovery/icons/icon-{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
