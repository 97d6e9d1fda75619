"""One round of the auditor: keeps what it found, closes what was put right, and beats only after a clean round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from recovery.models import Episode, Shortfall
from recovery.models.shortfall import ShortfallKind as Kind

from .. import alarms, heartbeat
from ..one_by_one import each_on_its_own
from .finding import Found
from .late import late_work
from .missing import WINDOW, missing_escalations, untold_escalations

AUDITOR = "auditor"
REPLAYED = (Kind.MISSING, Kind.UNTOLD)
NEWS, TURN = 300, 100  # episodes looked at in a round: those with news since the last, and the next in turn
SHORTFALL = "shortfall"


@dataclass(frozen=True, slots=True)
class Round:
    """How a round ended: how many episodes it replayed, what stands, how many parts failed, where the next begins."""

    replayed: int
    standing: int
    failed: int
    last: UUID | None

    @property
    def is_clean(self) -> bool:
        return not self.standing and not self.failed


def go_round(now: datetime, after: UUID | None = None, since: datetime | None = None) -> Round:
    """Looks for what is late, and replays episodes: those with news `since`, and the next in turn `after` one."""
    turn = list(_of_the_window(now).filter(**({"pk__gt": after} if after else {})).order_by("pk")[:TURN])
    chosen = {episode.pk: episode for episode in (*_with_news(now, since), *_in_doubt(), *turn)}
    found, failed = list(late_work(now)), []
    for episode in chosen.values():
        if not each_on_its_own(lambda one, at: _replay(one, at, found), [episode], now):
            failed.append(episode.pk)
    standing = _keep(found, chosen.keys() - set(failed), now)
    _tell(standing, bool(failed), now)
    return Round(len(chosen), len(standing), len(failed), turn[-1].pk if len(turn) == TURN else None)


def _replay(episode: Episode, now: datetime, found: list[Found]) -> int:
    found += [*missing_escalations(episode, now), *untold_escalations(episode, now)]
    return 1


def _of_the_window(now: datetime):
    """Episodes in which anything can have been called for in the last fourteen days."""
    rows = Episode.objects.select_related("patient")
    return rows.filter(closed_at__isnull=True) | rows.filter(closed_at__gte=now - WINDOW)


def _with_news(now: datetime, since: datetime | None) -> Iterable[Episode]:
    if since is None:
        return ()
    return _of_the_window(now).filter(check_ins__received_at__gte=since).distinct()[:NEWS]


def _in_doubt() -> Iterable[Episode]:
    """Those about which something still stands: put right or not, it is looked at every time."""
    doubtful = Shortfall.objects.standing().filter(kind__in=REPLAYED).values("episode")
    return Episode.objects.select_related("patient").filter(pk__in=doubtful)


@transaction.atomic
def _keep(found: list[Found], replayed: set[UUID], now: datetime) -> list[Shortfall]:
    """Writes what is new, closes what is no longer there, and returns what stands."""
    standing = {(row.kind, row.about): row for row in Shortfall.objects.standing().select_for_update()}
    seen = {one.key: one for one in found}
    gone = [row.pk for key, row in standing.items() if key not in seen and _was_looked_at(row, replayed)]
    Shortfall.objects.filter(pk__in=gone).update(gone_at=now)
    Shortfall.objects.bulk_create(
        [
            Shortfall(kind=one.kind, about=one.about, episode_id=one.episode_id, due_at=one.due_at, found_at=now)
            for key, one in seen.items()
            if key not in standing
        ],
        ignore_conflicts=True,  # a second auditor found it too
    )
    return list(Shortfall.objects.standing())


def _was_looked_at(row: Shortfall, replayed: set[UUID]) -> bool:
    return row.kind not in REPLAYED or (row.episode_id is not None and row.episode_id in replayed)


def _tell(standing: list[Shortfall], has_failed: bool, now: datetime) -> None:
    """Beats when all is well; otherwise writes to the admins, once for each stretch without a beat."""
    if not standing and not has_failed:
        heartbeat.note(AUDITOR, now)
        return
    begun = heartbeat.last(AUDITOR) or min((row.found_at for row in standing), default=None)
    if begun is not None:
        alarms.sound(SHORTFALL, begun, now, kinds=sorted({row.kind for row in standing}))
