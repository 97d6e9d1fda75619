"""The scheduler beat runs with."""

from celery.beat import Scheduler


class PromptScheduler(Scheduler):
    """Ticks once at the start, then by the clock; keeps no file that a crash could spoil.

    A tick too many is harmless, so a restarted beat need not know when the last one was.
    """

    def setup_schedule(self):
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.last_run_at -= entry.schedule.run_every
