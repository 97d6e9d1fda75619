"""The banner staff see when the auditor has not said lately that all is well."""

from django import template
from django.utils import timezone

from recovery.services import heartbeat
from recovery.services.auditor.rounds import AUDITOR

register = template.Library()


@register.inclusion_tag("components/watch_banner.html", takes_context=True)
def watch_banner(context) -> dict:
    """Nothing while all is well; otherwise since when, and what to do, for a clinician or an admin."""
    since = heartbeat.last(AUDITOR)
    is_silent = since is None or timezone.now() - since >= heartbeat.MAY_BE_SILENT_FOR
    return {"is_silent": is_silent, "since": since, "role": getattr(context.get("user"), "role", "")}
