"""Recomputes every stored decision and compares."""

import sys

from django.core.management.base import BaseCommand

from recovery.models import Decision, Episode
from recovery.services.verification import differences


class Command(BaseCommand):
    help = "Recomputes all decisions from their events; exit 1 and the first difference when one differs."

    def handle(self, **options):
        episodes = Episode.objects.order_by("opened_at")
        total, shown = episodes.count(), self.stderr.isatty()
        for number, episode in enumerate(episodes.iterator(chunk_size=200), 1):
            if shown:
                self.stderr.write(f"\r{bar(number, total)} {number} of {total} episodes", ending="")
                self.stderr.flush()
            for found in differences(episode):
                self.stdout.write(
                    f"Episode {episode.pk}, {found.day}: {found.field} is stored as {found.stored!r} "
                    f"but the rules give {found.computed!r}."
                )
                sys.exit(1)
        if shown and total:
            self.stderr.write("")
        decisions = Decision.objects.standing().count()
        self.stdout.write(f"0 differences in {decisions} decisions of {total} episodes.")


def bar(done: int, total: int, width: int = 30) -> str:
    """How much of the work is done, as a bar."""
    filled = width * done // total
    return f"[{'#' * filled}{'.' * (width - filled)}]"
