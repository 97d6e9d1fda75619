"""Who looked at what: a patient reads it about themselves, whoever leads a clinic about its people."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import Membership, User
from ..services.audit_reading import looks_at, looks_by


@never_cache
@login_required
@require_safe
def who_looked(request):
    """The newest looks, day by day."""
    return render(request, "accounts/who_looked.html", {"looks": _looks(request.user)})


def _looks(user: User):
    if user.is_patient:
        return looks_at(user)
    if user.is_admin:
        return looks_by(User.objects.exclude(role=User.Role.PATIENT), user.zone)
    if user.leads_a_clinic:
        return looks_by(User.objects.filter(memberships__in=Membership.objects.led_by(user)), user.zone)
    raise Http404
