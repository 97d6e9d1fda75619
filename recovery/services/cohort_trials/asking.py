"""Asking for a simulated cohort, and taking it back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from recovery.models import CohortPart, CohortTrial, Plan, PlanVersion
from recovery.models.cohort import FEWEST, LONGEST_WEEKS, MOST, SHORTEST_WEEKS
from recovery.services.back_tests.asking import content_digest
from recovery.services.plan_documents import document_of
from recovery.services.plans import check
from recovery.services.refusals import Refused

AT_A_TIME = 10
KEPT = 20  # ended ones of a plan, to look back at


@transaction.atomic
def ask(version: PlanVersion, patients: int, weeks: int, seed: int, by: Any, now: datetime) -> CohortTrial:
    """Begins a cohort on a draft or a version; one that is running for just this is given back.

    A running one of anything else of the plan is cancelled. Raises Refused.
    """
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    live = PlanVersion.objects.newest(plan.key)
    if live is None:
        raise Refused("no_published_plan")
    if not (FEWEST <= patients <= MOST and SHORTEST_WEEKS <= weeks <= LONGEST_WEEKS):
        raise Refused("cohort_size", "patients", fewest=FEWEST, most=MOST, weeks=LONGEST_WEEKS)
    document = document_of(version)
    check(document)
    asked = {"digest": content_digest(document), "live": live, "patients": patients, "weeks": weeks, "seed": seed}
    for running in CohortTrial.objects.running().filter(plan=plan):
        if all(getattr(running, name) == value for name, value in asked.items()):
            return running
        cancel(running, now)
    _let_go_of_old_ones(plan)
    trial = CohortTrial.objects.create(plan=plan, document=document, asked_at=now, asked_by=by, **asked)
    CohortPart.objects.bulk_create(
        CohortPart(trial=trial, number=number, first=first, size=min(AT_A_TIME, patients - first))
        for number, first in enumerate(range(0, patients, AT_A_TIME), start=1)
    )
    return trial


@transaction.atomic
def cancel(trial: CohortTrial, now: datetime) -> bool:
    """Ends a running cohort; what a worker still does for it is thrown away."""
    ended = CohortTrial.objects.running().filter(pk=trial.pk).update(state="cancelled", ended_at=now)
    if ended:
        trial.parts.all().delete()
    return bool(ended)


def _let_go_of_old_ones(plan: Plan) -> None:
    ended = CohortTrial.objects.filter(plan=plan).exclude(state=CohortTrial.State.RUNNING).values_list("pk", flat=True)
    CohortTrial.objects.filter(pk__in=list(ended[KEPT - 1 :])).delete()
