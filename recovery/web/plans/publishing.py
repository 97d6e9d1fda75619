"""Plan authoring pages."""

from django.shortcuts import render

from recovery.web.access import admin_required


@admin_required
def discard(request, **where):
    """The plans page."""
    return render(request, "recovery/plans/list.html", {"tab": "plans"})


@admin_required
def publish(request, **where):
    """The plans page."""
    return render(request, "recovery/plans/list.html", {"tab": "plans"})
