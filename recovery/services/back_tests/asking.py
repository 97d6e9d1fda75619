"""Asking for a back-test, taking it back, and whether one counts for a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Clinic, Consent
from recovery.models import BackTest, BackTestShard, Episode, Plan, PlanVersion
from recovery.rules.decide import RULES_VERSION
from recovery.rules.facts import PHASES
from recovery.services.plan_documents import digest_of, document_of
from recovery.services.plans import check
from recovery.services.refusals import Refused

from .summing import sum_up

AT_A_TIME = 25
FRESH_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which episodes of the plan: those shared with a clinic, in a phase now, begun within a period."""

    clinic: Clinic | None = None
    phase: str = ""
    since: date | None = None
    until: date | None = None


EVERYBODY = Filter()


def content_digest(document: Mapping) -> str:
    """Tells plan documents apart by what they do to people; who approved them does not matter here."""
    return digest_of({name: value for name, value in document.items() if name != "approval"})


@transaction.atomic
def ask(version: PlanVersion, chosen: Filter, by: Any, now: datetime) -> BackTest:
    """Begins a back-test of a draft or a version; one that is running for just this is given back.

    A running one of anything else of the plan is cancelled: it is about a draft that is no more. Raises Refused.
    """
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    live = PlanVersion.objects.newest(plan.key)
    if live is None:
        raise Refused("no_published_plan")
    _check(chosen)
    document = document_of(version)
    check(document)
    digest = content_digest(document)
    for running in BackTest.objects.running().filter(plan=plan):
        if _is_the_same(running, digest, live, chosen):
            return running
        cancel(running, now)
    ids = list(episodes_of(plan, chosen).values_list("pk", flat=True))
    asked = BackTest.objects.create(
        plan=plan,
        live=live,
        document=document,
        digest=digest,
        rules_version=RULES_VERSION,
        clinic=chosen.clinic,
        phase=chosen.phase,
        since=chosen.since,
        until=chosen.until,
        through=now.date(),
        episodes=len(ids),
        asked_at=now,
        asked_by=by,
    )
    BackTestShard.objects.bulk_create(
        BackTestShard(back_test=asked, number=number, episode_ids=[str(pk) for pk in some], size=len(some))
        for number, some in enumerate(_parts(ids), start=1)
    )
    if not ids:
        sum_up(asked, now)
    return asked


@transaction.atomic
def cancel(asked: BackTest, now: datetime) -> bool:
    """Ends a running back-test; what a worker still does for it is thrown away."""
    ended = BackTest.objects.running().filter(pk=asked.pk).update(state="cancelled", ended_at=now)
    if ended:
        asked.shards.exclude(state="done").update(state="cancelled")
    return bool(ended)


def episodes_of(plan: Plan, chosen: Filter) -> QuerySet[Episode]:
    """The plan's episodes, running and closed, in a fixed order."""
    found = Episode.objects.filter(plan_version__plan=plan)
    if chosen.clinic is not None:
        sharing = Consent.objects.active().sharing_with(chosen.clinic)
        found = found.filter(patient__in=sharing.order_by().values("patient"))
    if chosen.phase:
        found = found.filter(phase=chosen.phase)
    if chosen.since is not None:
        found = found.filter(started_on__gte=chosen.since)
    if chosen.until is not None:
        found = found.filter(started_on__lte=chosen.until)
    return found.order_by("pk")


def fresh_for(version: PlanVersion, now: datetime) -> BackTest | None:
    """The newest back-test that says what exactly this draft does to everybody, or nothing."""
    live = PlanVersion.objects.newest(version.plan.key)
    found = BackTest.objects.done().filter(
        plan=version.plan_id,
        digest=content_digest(document_of(version)),
        live=live,
        rules_version=RULES_VERSION,
        asked_at__gt=now - FRESH_FOR,
        clinic=None,
        phase="",
        since=None,
        until=None,
    )
    return found.first()


def _check(chosen: Filter) -> None:
    if chosen.phase and chosen.phase not in PHASES:
        raise Refused("unknown_phase", "phase")
    if chosen.since and chosen.until and chosen.since > chosen.until:
        raise Refused("period_backwards", "until")


def _is_the_same(running: BackTest, digest: str, live: PlanVersion, chosen: Filter) -> bool:
    narrowed = Filter(running.clinic, running.phase, running.since, running.until)
    return (running.digest, running.live_id, narrowed) == (digest, live.pk, chosen)


def _parts(ids: list) -> list[list]:
    return [ids[first : first + AT_A_TIME] for first in range(0, len(ids), AT_A_TIME)]
