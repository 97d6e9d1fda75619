"""Who may walk through which door: the wrong person finds nothing there."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from recovery.models import Episode


def _for_roles(view, *roles: str):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.role not in roles:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def patient_required(view):
    """Only patients; others get 404, strangers the sign-in page."""
    return _for_roles(view, "patient")


def clinician_required(view):
    """Only clinicians; others get 404, strangers the sign-in page."""
    return _for_roles(view, "clinician")


def admin_required(view):
    """Only admins; others get 404, strangers the sign-in page."""
    return _for_roles(view, "admin")


def staff_required(view):
    """Clinicians and admins; patients get 404, strangers the sign-in page. Times are in the reader's own zone."""

    @wraps(view)
    def in_own_time(request, *args, **kwargs):
        with timezone.override(request.user.zone):
            return view(request, *args, **kwargs)

    return _for_roles(in_own_time, "clinician", "admin")


def episode_required(view):
    """A patient with an open episode, put on `request.episode`; without one, the starting questions."""

    @patient_required
    @wraps(view)
    def with_episode(request, *args, **kwargs):
        episode = Episode.objects.of(request.user).open().select_related("plan_version__plan").first()
        if episode is None:
            return redirect("patient:intake")
        episode.patient = request.user
        request.episode = episode
        return view(request, *args, **kwargs)

    return with_episode
