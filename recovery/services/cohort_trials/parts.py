"""The people of a cohort in parts that any worker may take; a part of a killed worker is taken again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction

from recovery.models import CohortPart, CohortTrial
from recovery.rules.plan import PlanSpec, parse_plan
from recovery.services.cohort.courses import allot
from recovery.services.cohort.trial import Life, Patient, live
from recovery.services.leases import NO_LEASE, claim_one, free
from recovery.services.plan_specs import spec_of

from .summing import sum_up_finished

LEASE = timedelta(seconds=60)


def work(now: Callable[[], datetime], until: datetime | None = None) -> int:
    """Takes parts one after the other while there are some and there is time; returns how many were finished."""
    done = 0
    while (part := claim_one(_waiting(now()).select_related("trial"), LEASE, now())) is not None:
        done += finish(part, lives_of(part))
        if until is not None and now() >= until:
            break
    sum_up_finished(now())
    return done


def is_any_left(now: datetime) -> bool:
    """Whether some part waits for a worker."""
    return _waiting(now).exists()


def lives_of(part: CohortPart) -> dict[str, list]:
    """What becomes of the part's people on the live version and on the draft, as plain values."""
    trial, keys = part.trial, allot(part.trial.patients)
    people = [(number, keys[number]) for number in range(part.first, part.first + part.size)]
    plans = {"live": spec_of(trial.live_id), "draft": draft_of(trial.pk)}
    return {
        name: [_plain(live(Patient(plan, key, trial.seed, number), trial.weeks * 7)) for number, key in people]
        for name, plan in plans.items()
    }


@lru_cache(maxsize=8)  # the document of a cohort never changes
def draft_of(trial_id: UUID) -> PlanSpec:
    """The plan a cohort tries."""
    return parse_plan(CohortTrial.objects.values_list("document", flat=True).get(pk=trial_id))


@transaction.atomic
def finish(part: CohortPart, lives: dict[str, list]) -> int:
    """Keeps the lives if the part is still ours; returns 0 when it was cancelled or taken over."""
    mine = CohortPart.objects.filter(pk=part.pk, epoch=part.epoch, state="claimed")
    return mine.update(state="done", lives=lives, **NO_LEASE)


def _waiting(now: datetime):
    running = CohortTrial.State.RUNNING
    return CohortPart.objects.filter(free(now), trial__state=running).order_by("trial_id", "number")


def _plain(one: Life) -> list[Any]:
    return [one.key, one.number, one.reached, one.notices, one.step_backs, one.recovered_on, one.last_seen, one.ran]
