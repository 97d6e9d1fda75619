"""Moving running episodes to another version of their plan: asked for once, made one by one as due rows.

An episode moves on a day that is not decided yet, and only when judging that day tells nobody anything before its
time. Whoever makes the moves, and however often, each is made once: the due row ends with the move.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from recovery.models import DueMove, Episode, PlanMove, PlanVersion
from recovery.models.plan_move import MoveTiming
from recovery.rules.reminders import A_DAY, DAY_STARTS_AT, instant_of

from .episodes import day_of, judge_event
from .one_by_one import each_on_its_own
from .plan_move_previews import beside, would_tell
from .plan_specs import spec_of
from .refusals import Refused

STAY = "stay"
NOW, NEXT_PHASE = MoveTiming.NOW.value, MoveTiming.NEXT_PHASE.value
CHOICES = (STAY, NEXT_PHASE, NOW)
AGAIN_AFTER = timedelta(hours=6)
WRITTEN_AT_ONCE = 500


def not_on(version: PlanVersion) -> QuerySet[Episode]:
    """The running episodes of a plan that follow another version than this one."""
    return Episode.objects.open().filter(plan_version__plan=version.plan_id).exclude(plan_version=version)


def waiting_for_others(version: PlanVersion) -> int:
    """How many episodes of the plan wait to move to another version than this one."""
    return DueMove.objects.waiting().filter(version__plan=version.plan_id).exclude(version=version).count()


@transaction.atomic
def ask_all(version: PlanVersion, choice: str, by, now: datetime) -> int:
    """Lets every running episode stay, or asks for its move to this version; returns how many are to move.

    Moves to earlier versions that wait are not wanted any more, whatever is chosen.
    """
    waiting = DueMove.objects.waiting().filter(version__plan=version.plan_id).exclude(version=version)
    waiting.update(state="withheld", reason="another_version", ended_at=now)
    if choice == STAY:
        return 0
    asked = {"version": version, "timing": MoveTiming(choice), "asked_by": by, "asked_at": now, "due_at": now}
    running = not_on(version).exclude(due_moves__state="due").values_list("pk", "phase")
    rows = [DueMove(episode_id=pk, phase=phase, **asked) for pk, phase in running]
    DueMove.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)
    return len(rows)


@transaction.atomic
def ask_one(episode_id: UUID, version: PlanVersion, by, now: datetime) -> PlanMove | None:
    """Moves one episode to a version of its plan; nothing yet when today is decided already. Raises Refused."""
    episode = _lock(episode_id)
    if (reason := why_not(episode, version)) is not None:
        raise Refused(reason)
    asked = {"version": version, "timing": NOW, "asked_by": by, "asked_at": now, "due_at": now, "phase": episode.phase}
    row, _ = DueMove.objects.update_or_create(episode=episode, state="due", defaults=asked)
    _make(row, episode, now)
    return episode.plan_moves.filter(to_version=version, made_at=now).first()


def why_not(episode: Episode, version: PlanVersion) -> str | None:
    """Why an episode cannot move to a version, as the code of a refusal."""
    if not episode.is_open:
        return "episode_has_ended"
    if version.plan_id != episode.plan_version.plan_id:
        return "version_of_another_plan"
    if version.status != PlanVersion.Status.PUBLISHED:
        return "version_not_published"
    return "on_this_version" if version.pk == episode.plan_version_id else None


def make_due(now: datetime, limit: int = 100) -> int:
    """Makes the moves whose time or phase has come; returns how many rows were looked at."""
    due = DueMove.objects.waiting().filter(due_at__lte=now)
    come = due.filter(Q(timing=NOW) | ~Q(phase=F("episode__phase")))
    return each_on_its_own(_make_one, list(come.values_list("pk", "episode_id")[:limit]), now)


@transaction.atomic
def _make_one(keys: tuple[int, UUID], now: datetime) -> int:
    episode = _lock(keys[1])
    row = DueMove.objects.waiting().select_for_update(of=("self",)).select_related("version").filter(pk=keys[0]).first()
    if row is None:  # made by another worker, or not wanted any more
        return 0
    _make(row, episode, now)
    return 1


def _lock(episode_id: UUID) -> Episode:
    rows = Episode.objects.select_for_update(of=("self",)).select_related("patient", "plan_version")
    return rows.get(pk=episode_id)


def _make(row: DueMove, episode: Episode, now: datetime) -> None:
    """Moves the episode, puts the move off, or ends the row with the reason."""
    if (reason := why_not(episode, row.version)) is not None:
        _end(row, now, "withheld", reason)
        return
    today = day_of(episode, now)
    if _is_decided(episode, today):
        row.due_at = instant_of(today + A_DAY, DAY_STARTS_AT, episode.patient.zone)
        row.save(update_fields=["due_at"])
    elif would_tell(episode, spec_of(row.version_id), today):
        row.due_at = now + AGAIN_AFTER
        row.save(update_fields=["due_at"])
    else:
        _move(row, episode, today, now)
        _end(row, now, "moved", "")


def _is_decided(episode: Episode, today: date) -> bool:
    """Whether a decision about today has been shown, which then stands."""
    known = (day for day in (episode.folded_through, episode.shown_through) if day is not None)
    return max(known, default=date.min) >= today


def _move(row: DueMove, episode: Episode, today: date, now: datetime) -> None:
    found = beside(episode, spec_of(row.version_id))
    before, after = found.as_json() if found else ({}, {})
    PlanMove.objects.create(
        episode=episode,
        from_version_id=episode.plan_version_id,
        to_version=row.version,
        timing=row.timing,
        day=today,
        before=before,
        after=after,
        made_by=row.asked_by,
        made_at=now,
    )
    episode.plan_version, episode.plan_moved_on = row.version, today
    judge_event(episode, today, now)


def _end(row: DueMove, now: datetime, state: str, reason: str) -> None:
    row.state, row.reason, row.ended_at = DueMove.State(state), reason, now
    row.save(update_fields=["state", "reason", "ended_at"])
