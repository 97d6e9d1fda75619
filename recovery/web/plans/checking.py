"""The page with everything that is wrong with a draft, or had better be otherwise."""

from django.views.decorators.http import require_safe

from .checks import shown
from .doors import draft_page
from .editing import Editing


@draft_page
@require_safe
def show(request, draft):
    """Every remark on the draft as it is stored."""
    editing = Editing(request, draft, lambda document, live: [])
    return editing.page("check", here="check", shown=shown(draft, editing.document))
