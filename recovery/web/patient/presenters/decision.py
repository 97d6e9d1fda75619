"""A day's decision as the patient reads it: what, why in numbers, and what would move them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recovery.content.articles import Article
from recovery.models import CheckIn, Decision, Episode, Override
from recovery.rules.forecast import Forecast
from recovery.services.escalations import RANK, URGENCY
from recovery.services.outlook import outlook
from recovery.web import rule_words

from .criteria import Line, lines_of
from .judged_again import JudgedAgain, judged_again
from .learn import articles_of
from .place import phase_index, phase_title

TILES = 7  # days of check-ins the tiles may need
SUSPENDED = ("stop", "stopped", "reintake", "no_check_in")
TWO_WAYS = "rest"  # its criteria are alternatives, so a count of them would mislead


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would move the patient on: the soonest day with good days until then, or what stands in the way."""

    earliest: date | None
    is_tomorrow: bool
    check_ins: int
    sessions: int
    blocked_by: str
    missing: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Everything the decision's template shows."""

    decision: Decision
    outcome: str
    headline: str
    reason: str
    phase_index: int
    to_index: int | None
    title: str
    from_title: str
    lines: tuple[Line, ...]
    signs_met: int
    signs: int
    is_today: bool
    override: Override | None
    outlook: Outlook | None
    notices: tuple[str, ...]
    is_newest: bool
    articles: Sequence[Article]
    again: JudgedAgain | None

    @property
    def here_index(self) -> int:
        """Where the patient is after the decision."""
        return self.to_index or self.phase_index


def decision_page(episode: Episode, decision: Decision, now: datetime, today: date) -> DecisionPage:
    """The page of one decision; what lies ahead is only shown with the newest one."""
    findings = list(decision.findings.all())
    lines = tuple(lines_of(findings, decision.outcome, _days(episode, decision.day), today))
    signs = [line for line in lines if line.is_criterion] if decision.from_phase != TWO_WAYS else []
    why = next((finding for finding in findings if finding.verdict == "decides"), None)
    is_newest = episode.folded_through == decision.day
    standing = _override_on(episode, decision.day)
    return DecisionPage(
        decision=decision,
        outcome="override" if standing and decision.rule == "override" else decision.outcome,
        headline=rule_words.of_finding(why, "headline") if why else "",
        reason=_reason(why, lines),
        phase_index=phase_index(decision.from_phase),
        to_index=phase_index(decision.phase) if decision.phase != decision.from_phase else None,
        title=phase_title(decision.phase),
        from_title=phase_title(decision.from_phase),
        lines=lines,
        signs_met=sum(line.state == "met" for line in signs),
        signs=len(signs),
        is_today=decision.day == today,
        override=standing,
        outlook=_outlook(episode, decision, today) if is_newest else None,
        notices=_notices(decision),
        is_newest=is_newest,
        articles=articles_of(decision),
        again=judged_again(episode, decision),
    )


def _notices(decision: Decision) -> tuple[str, ...]:
    """The day's notices worth a word of their own, most urgent first; those about silence are for the clinic."""
    told = [code for code in decision.notices if code in URGENCY and code not in decision.withheld]
    return tuple(sorted((code for code in told if not code.startswith("E9")), key=lambda code: RANK[URGENCY[code]]))


def _reason(why, lines: tuple[Line, ...]) -> str:
    """The sentence of the rule that decided, unless it is one of the criteria, which stand below."""
    if why is None or any(line.rule == why.rule and line.is_criterion for line in lines):
        return ""
    return rule_words.of_finding(why, "patient")


def _days(episode: Episode, until: date) -> list[date]:
    rows = CheckIn.objects.standing().filter(episode=episode, day__lte=until)
    return sorted(rows.order_by("-day").values_list("day", flat=True)[:TILES])


def _override_on(episode: Episode, day: date) -> Override | None:
    rows = episode.overrides.filter(starts_on__lte=day, expires_on__gte=day).select_related("made_by")
    return next((row for row in rows if row.withdrawn_on is None or row.withdrawn_on > day), None)


def _outlook(episode: Episode, decision: Decision, today: date) -> Outlook | None:
    if decision.outcome in SUSPENDED or not episode.state:
        return None
    first = max(today, decision.day + timedelta(days=1))
    ahead = outlook(episode, first)
    return Outlook(
        earliest=ahead.earliest,
        is_tomorrow=ahead.earliest == today + timedelta(days=1),
        check_ins=len(ahead.coming or ()),
        sessions=sum(answers.session.took_place for answers in ahead.coming or ()),
        blocked_by=ahead.blocked_by or "",
        missing=_missing(ahead, decision),
    )


def _missing(ahead: Forecast, decision: Decision) -> tuple[Line, ...]:
    """After a move, the criteria of the new place as they stand."""
    if (decision.phase, decision.run_level) == (decision.from_phase, decision.from_run_level):
        return ()
    return tuple(lines_of(ahead.criteria, "hold"))
