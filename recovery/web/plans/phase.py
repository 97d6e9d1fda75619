"""Plan authoring pages."""

from django.shortcuts import render

from recovery.web.access import admin_required


@admin_required
def edit(request, **where):
    """The plans page."""
    return render(request, "recovery/plans/list.html", {"tab": "plans"})
