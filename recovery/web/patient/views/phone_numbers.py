"""Text messages in the settings: a number, the code that proves it, and its end."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from recovery.services import phone_numbers
from recovery.web.access import patient_required
from recovery.web.ways.acting import is_done
from recovery.web.ways.forms import CodeForm, NumberForm

from ..answers import say, see_other
from .settings import show


@never_cache
@patient_required
@require_POST
def give(request):
    """Sends a code to the number given."""
    form = NumberForm(request.POST)
    if not form.is_valid() or not is_done(form, phone_numbers.ask, request.user, form.cleaned_data["number"]):
        return show(request, number=form)
    say(request, "code_sent")
    return see_other("patient:settings")


@never_cache
@patient_required
@require_POST
def prove(request):
    """Takes the code."""
    form = CodeForm(request.POST)
    if not form.is_valid() or not is_done(form, phone_numbers.prove, request.user, form.cleaned_data["code"]):
        return show(request, code=form)
    say(request, "saved")
    return see_other("patient:settings")


@never_cache
@patient_required
@require_POST
def remove(request):
    """No more text messages."""
    phone_numbers.remove(request.user)
    say(request, "saved")
    return see_other("patient:settings")
