"""The list of today's activities, in groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recovery.models import CheckIn, Decision, Episode, SessionLog

from .activities import Activity, RunSession, activities_of, is_off_for_today, run_session, state_of
from .own_words import listed_in_own_words
from .place import Place, place_of
from .session import NOT_STEPS

RUNNING_PHASES = ("return_to_running", "prevention")


@dataclass(frozen=True, slots=True)
class ActivitiesPage:
    """Today's exercises: the focus, then one of several, then what is welcome too."""

    day: date
    place: Place
    outcome: str
    decided_on: date | None
    focus: Sequence[Activity]
    choices: Sequence[Activity]
    others: Sequence[Activity]
    optional: Sequence[Activity]
    run: RunSession | None
    cautions: Sequence[str]
    run_free_until: date | None
    is_eased: bool
    is_off_today: bool
    logged: Sequence[SessionLog]

    @property
    def may_start(self) -> bool:
        """Whether there are exercises to do one after the other."""
        return any(each.kind not in NOT_STEPS for each in (*self.focus, *self.others))

    @property
    def ran(self) -> bool:
        """Whether a walk-run was told today."""
        return any(log.kind == SessionLog.Kind.WALK_RUN for log in self.logged)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do today."""
        return not (self.focus or self.choices or self.others or self.optional)


def activities_page(episode: Episode, today: date) -> ActivitiesPage:
    """Today's list; the dose is eased after a session that was too much."""
    last = Decision.objects.standing().filter(episode=episode).exclude(outcome="no_check_in").order_by("-day").first()
    average = CheckIn.objects.standing().filter(episode=episode, day=today).values_list("average", flat=True).first()
    state, is_off_today = state_of(episode), is_off_for_today(episode, today)
    found = activities_of(episode, today, average) if not episode.awaiting_intake else []
    found = [listed_in_own_words(each, episode) for each in found]
    must = [each for each in found if not each.is_optional]
    return ActivitiesPage(
        day=today,
        place=place_of(episode, today),
        outcome=last.outcome if last else "",
        decided_on=last.day if last else None,
        focus=[each for each in must if each.is_focus and not each.choose_one_of],
        choices=[each for each in must if each.choose_one_of],
        others=[each for each in must if not each.is_focus and not each.choose_one_of],
        optional=[each for each in found if each.is_optional],
        run=None if is_off_today else run_session(episode, today),
        cautions=state.cautions if state else (),
        run_free_until=_run_free_until(state, today),
        is_eased=bool(last) and last.rule == "red_session" and episode.phase not in RUNNING_PHASES,
        is_off_today=is_off_today,
        logged=list(SessionLog.objects.on(episode, today)),
    )


def _run_free_until(state, today: date) -> date | None:
    until = state.run_free_until if state else None
    return until if until and until >= today else None
