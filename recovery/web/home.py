"""The front door: each person goes to their own first page."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

FIRST_PAGES = {"patient": "patient:today", "clinician": "clinic:panel", "admin": "plans:list"}


@require_safe
def home(request):
    """Strangers read what this is; people who are signed in go to work."""
    if request.user.is_authenticated:
        return redirect(FIRST_PAGES[request.user.role])
    return render(request, "welcome.html")
