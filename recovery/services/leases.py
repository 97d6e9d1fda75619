"""How long a claim holds: judged by the machine's own uptime, which no change of its clock can move."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

LOOKED_AT = 8
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Uptime:
    """Seconds since the boot of this name; a machine that has no name for its boot is judged by the wall clock."""

    boot: str
    seconds: float


def uptime() -> Uptime:
    """The present uptime; it also counts while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return Uptime(_boot(), time.monotonic() if clock is None else time.clock_gettime(clock))


def lease_for(length: timedelta, now: datetime) -> dict:
    """The columns of a claim that holds for so long."""
    up = uptime()
    return {"lease_boot": up.boot, "lease_ends_up": up.seconds + length.total_seconds(), "lease_until": now + length}


NO_LEASE = {"lease_boot": "", "lease_ends_up": None, "lease_until": None}


def free(now: datetime) -> Q:
    """Rows nobody holds: due, or claimed under a lease that has run out.

    A lease given since this machine's boot ends by uptime. One given elsewhere, or before a restart, by the wall clock.
    """
    up = uptime()
    here = Q(lease_boot=up.boot) & ~Q(lease_boot="")
    return Q(state="due") | Q(state="claimed") & (
        here & Q(lease_ends_up__lte=up.seconds) | ~here & Q(lease_until__lte=now)
    )


def claim_one(waiting: QuerySet, length: timedelta, now: datetime) -> Any:
    """A row that is now ours alone, or nothing: exactly one conditional update succeeds per epoch."""
    while rows := list(waiting[:LOOKED_AT]):
        for row in rows:
            mine = waiting.model.objects.filter(free(now), pk=row.pk, epoch=row.epoch)
            if mine.update(state="claimed", epoch=row.epoch + 1, **lease_for(length, now)):
                row.epoch += 1
                return row
    return None


@cache
def _boot() -> str:
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""
