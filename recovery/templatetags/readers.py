"""Whether anybody reads a patient's diary, for pages that show the patient who may."""

from django import template

from recovery.services.audience import readers_of

register = template.Library()


@register.inclusion_tag("recovery/patient/readers_truth.html")
def readers_truth(patient) -> dict:
    """Says that nobody reads, where that is so, and what to do; nothing while somebody does."""
    return {"readers": list(readers_of(patient))}
