"""One page about one patient as a PDF: trend, phases, decisions, function, warning signs, and what decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.models import CheckIn, Decision, Episode, Escalation, Override
from recovery.rules.reminders import local_day
from recovery.web.documents.sheet import pdf
from recovery.web.patient.presenters.place import phase_title
from recovery.web.patient.presenters.summary import SummaryPage, summary_page

from .doors import clinic_page, find_episode

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Stay:
    """Days in one phase; `until` is None for the present one."""

    phase: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """What the page adds for colleagues to the patient's own summary."""

    summary: SummaryPage
    stays: Sequence[Stay]
    signs: Sequence[Escalation]
    overrides: Sequence[Override]
    first: CheckIn | None
    latest: CheckIn | None
    rules_version: str


@never_cache
@clinic_page
@require_safe
def report(request, episode_id):
    """The page as a PDF, to print, to keep or to send to a colleague."""
    episode = find_episode(request, episode_id)
    made = report_of(episode, local_day(timezone.now(), episode.patient.zone))
    context = {"page": made.summary, "report": made, "chart": made.summary.chart, "label": paper_label}
    name = f'attachment; filename="backstride-report-{made.summary.made_on:%Y-%m-%d}.pdf"'
    document = pdf("documents/report.xml", context)
    return HttpResponse(document, content_type="application/pdf", headers={"Content-Disposition": name})


def report_of(episode: Episode, today: date) -> Report:
    """Reads the page in a handful of queries."""
    standing = CheckIn.objects.standing().filter(episode=episode).order_by("day")
    decisions = list(Decision.objects.standing().filter(episode=episode).order_by("day").defer("state_after"))
    signs = episode.escalations.filter(code__startswith="RF").select_related("resolution__made_by")
    return Report(
        summary=summary_page(episode, today),
        stays=stays_of(episode, decisions)[-SHOWN:],
        signs=list(signs.order_by("-raised_at")[:SHOWN]),
        overrides=list(episode.overrides.select_related("made_by")[:SHOWN]),
        first=standing.first(),
        latest=standing.last(),
        rules_version=decisions[-1].rules_version if decisions else "",
    )


def stays_of(episode: Episode, decisions: Sequence[Decision]) -> list[Stay]:
    """The phases one after the other, with the days on which they changed."""
    stays: list[Stay] = []
    phase, since = decisions[0].from_phase if decisions else episode.phase, episode.started_on
    for row in decisions:
        if row.phase != phase:
            stays.append(Stay(phase, since, row.day))
            phase, since = row.phase, row.day
    return [*stays, Stay(phase, since, None)]


def paper_label(what) -> str:
    """The words under and in the chart: a phase by its number, else a day."""
    return phase_title(str(what)) if isinstance(what, int) else date_format(what, "j M")
