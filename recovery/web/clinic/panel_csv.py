"""The panel as a table for a spreadsheet, narrowed as on the page."""

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Clinic
from recovery.services.panel import PanelRow, everybody

from .doors import clinic_page, note_rows
from .forms import PanelFilter
from .panel import wish_of

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


@clinic_page
@require_safe
def download(request):
    """Every person the page would list, one a line."""
    asked, now = PanelFilter(request.GET).asked(), timezone.now()
    clinic = (
        Clinic.objects.of_staff(request.user).filter(pk=asked.get("clinic")).first() if asked.get("clinic") else None
    )
    rows = list(everybody(request.user, now, wish_of(asked, clinic)))
    note_rows(request, rows)
    name = f"people-{timezone.localtime(now):%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    lines = _lines(rows, get_language())
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _lines(rows, language: str) -> Iterator[str]:
    """The lines in a language: they are written when the request, and its language, are over."""
    writer = csv.writer(_Line())
    with translation.override(language):
        titles = _titles()
    yield "\ufeff" + writer.writerow(titles)
    for row in rows:
        with translation.override(language):
            cells = _cells(row)
        yield writer.writerow([harmless(cell) for cell in cells])


def _titles() -> list[str]:
    return [
        _("Person"),
        _("Group"),
        _("Why now"),
        _("Phase"),
        _("Run level"),
        _("Day in phase"),
        _("Last check-in"),
        _("Days without a check-in"),
        _("Latest average pain"),
    ]


def _cells(row: PanelRow) -> list:
    why = {"code": row.reason_code, "figures": row.reason_figures, "days": row.days_silent}
    return [
        row.patient_name,
        _words("recovery/clinic/attention_name.html", attention=row.attention),
        _words("recovery/clinic/reason.html", **why),
        _words("components/phase_name.html", phase=row.phase, short=False),
        row.run_level,
        row.day_in_phase,
        row.last_check_in_on.isoformat() if row.last_check_in_on else "",
        row.days_silent,
        "" if row.last_average is None else row.last_average,
    ]


def _words(template: str, **context) -> str:
    return " ".join(render_to_string(template, context).split())


def harmless(cell):
    """A cell no spreadsheet takes for a formula: text that begins like one gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
