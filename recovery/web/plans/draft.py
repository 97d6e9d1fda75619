"""Plan authoring pages."""

from django.shortcuts import render

from recovery.web.access import admin_required


@admin_required
def show(request, **where):
    """The plans page."""
    return render(request, "recovery/plans/list.html", {"tab": "plans"})


@admin_required
def start(request, **where):
    """The plans page."""
    return render(request, "recovery/plans/list.html", {"tab": "plans"})
