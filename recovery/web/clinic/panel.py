"""People who need me, most pressing first."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Clinic
from recovery.rules.facts import PHASES
from recovery.services import panel as panels
from recovery.services.attention import NEEDING

from .doors import clinic_page, note_rows
from .forms import PanelFilter
from .waiting import waiting_for

KIND_OF = {
    "warning_sign": "stop",
    "overdue": "hold",
    "worse": "back",
    "review": "body",
    "quiet": "quiet",
    "plateau": "hold",
    "waiting": "body",
    "ready": "advance",
    "on_way": "advance",
}
ICON_OF = {
    "warning_sign": "stop",
    "overdue": "clock",
    "worse": "rising",
    "review": "eye",
    "quiet": "quiet",
    "plateau": "hold",
    "waiting": "person",
    "ready": "shoe",
    "on_way": "road",
}


@clinic_page
@require_safe
def show(request):
    """The panel of everybody who shares with my clinics."""
    clinics = list(Clinic.objects.of_staff(request.user))
    if not clinics:
        return render(request, "recovery/clinic/no_clinic.html", {"tab": "panel"})
    return render(request, "recovery/clinic/panel.html", page(request, clinics))


def page(request, clinics: list[Clinic]) -> dict:
    """What the panel's page is made of."""
    now, asked = timezone.now(), PanelFilter(request.GET).asked()
    clinic = next((clinic for clinic in clinics if clinic.pk == asked.get("clinic")), None)
    wish = wish_of(asked, clinic)
    found = panels.panel(request.user, now, wish, asked.get("page") or 1)
    note_rows(request, found.rows)
    return {
        "tab": "panel",
        "now": now,
        "panel": found,
        "groups": [_group(group) for group in found.groups],
        "triage": _triage(found, request.GET, wish.attention),
        "waiting": waiting_for(request.user).count(),
        "needing": sum(found.counts[name] for name in NEEDING),
        "clinics": clinics,
        "clinic": clinic,
        "wish": wish,
        "is_narrowed": wish != panels.EVERYBODY,
        "phases": PHASES,
        "q": wish.search,
        "group": wish.attention,
        "views": request.user.saved_views.all(),
        "query": request.GET.urlencode(),
    }


def wish_of(asked: dict, clinic: Clinic | None) -> panels.Wish:
    """What the panel is narrowed to, from readable wishes."""
    return panels.Wish(
        search=asked.get("q", ""),
        attention=asked.get("group", ""),
        clinic_id=clinic and clinic.pk,
        phase=asked.get("phase", ""),
        mine=asked.get("who") == "mine",
    )


def _group(group: panels.PanelGroup) -> dict:
    name = group.attention
    return {"key": name, "icon": ICON_OF[name], "kind": KIND_OF[name], "rows": group.rows}


def _triage(found: panels.Panel, query, chosen: str) -> list[dict]:
    """One tile for each reason somebody is here; a second tap on the chosen one shows everybody again."""
    return [
        {
            "key": name,
            "label": render_to_string("recovery/clinic/attention_name.html", {"attention": name}).strip(),
            "count": count,
            "kind": KIND_OF[name] if count else "",
            "icon": ICON_OF[name],
            "href": _address(query, group="" if name == chosen else name),
            "current": name == chosen,
        }
        for name, count in found.counts.items()
        if count or name in (chosen, "warning_sign")
    ]


def _address(query, **changes) -> str:
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        changed[name] = value
    return "?" + changed.urlencode()
