"""Tries a plan's draft, or one of its versions, beside the live version on the stored history."""

from argparse import ArgumentTypeError
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Clinic
from recovery.models import BackTest, PlanVersion
from recovery.services.back_tests import asking, shards
from recovery.services.back_tests.summing import lost_escalations, progress_of
from recovery.services.refusals import Refused

from .replay import DEFAULT_PLAN
from .verify_decisions import bar

AT_A_TIME = timedelta(seconds=1)


class Command(BaseCommand):
    """Works on it in this process, beside any Celery worker there is; an interrupted one is cancelled."""

    help = "Run a plan's draft beside the live version on every stored episode and print what would have differed."

    def add_arguments(self, parser):
        parser.add_argument("plan", nargs="?", default=DEFAULT_PLAN, help="the plan's key")
        parser.add_argument("--number", type=int, help="a published version instead of the draft")
        parser.add_argument("--clinic", help="only people who share with this clinic, by its id")
        parser.add_argument("--phase", default="", help="only people who are in this phase now")
        parser.add_argument("--since", type=_day, help="only episodes begun on this day or later, as 2026-03-01")
        parser.add_argument("--until", type=_day, help="only episodes begun on this day or earlier")

    def handle(self, *, plan, number, clinic, phase, since, until, **options):
        """Asks, works until everything is done, and prints the figures."""
        try:
            chosen = asking.Filter(_clinic(clinic), phase, since, until)
            asked = asking.ask(_version(plan, number), chosen, None, timezone.now())
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        try:
            self._work(asked)
        except KeyboardInterrupt:
            asking.cancel(asked, timezone.now())
            raise CommandError("Cancelled; nothing was changed.") from None
        if not asked.is_done:
            raise CommandError("Somebody else cancelled this back-test or began another one of this plan.")
        self.stdout.write("\n".join(report(asked)))

    def _work(self, asked: BackTest) -> None:
        shown = self.stderr.isatty()
        while asked.is_running:
            shards.work(timezone.now, until=timezone.now() + AT_A_TIME)
            asked.refresh_from_db()
            if shown:
                done = progress_of(asked)
                ending = "" if asked.is_running else "\n"
                line = f"\r{bar(done, max(asked.episodes, 1))} {done} of {asked.episodes} episodes"
                self.stderr.write(line, ending=ending)
                self.stderr.flush()


def report(asked: BackTest) -> list[str]:
    """The figures as lines for a terminal."""
    found = asked.summary
    lines = [
        f"{found['episodes']} episodes, {found['days']} days beside version {asked.live.number}: "
        f"{found['differing']} would have differed, {found['elsewhere']} would be in another phase, "
        f"{lost_escalations(found)} escalations lost, {found['faults']} could not be replayed."
    ]
    for phase, counts in found["arrivals"].items():
        lines.append(
            f"{phase}: {counts['earlier']} earlier, {counts['later']} later, "
            f"{counts['only_draft']} only with the draft, {counts['only_live']} only without"
        )
    for code, counts in found["escalations"].items():
        lines.append(f"{code}: {counts['live']} live, {counts['draft']} draft, {counts['lost']} lost")
    for row in found["alerts"]:
        lines.append(f"{row['clinic']}, alerts per clinician and week: {row['live']} live, {row['draft']} draft")
    return lines


def _version(plan: str, number: int | None) -> PlanVersion:
    rows = PlanVersion.objects.filter(plan__key=plan).select_related("plan")
    found = rows.drafts().first() if number is None else rows.exclude(status="draft").filter(number=number).first()
    if found is None:
        what = "draft" if number is None else f"version {number}"
        raise CommandError(f"There is no {what} of a plan with the key {plan}.")
    return found


def _clinic(key: str | None) -> Clinic | None:
    if key is None:
        return None
    try:
        return Clinic.objects.get(pk=key)
    except (Clinic.DoesNotExist, ValidationError):
        raise CommandError("--clinic must be the id of a clinic.") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("must be a day as 2026-03-01") from None
