"""`python -m tests.bench.flood NAME`: everybody's reminder falls due in one minute, and warnings come meanwhile."""

import os
import smtplib
import statistics
import sys
import tempfile
import time
from pathlib import Path

import django
from django.core.management import call_command

from deploy import processes

REMINDERS = int(os.environ.get("BENCH_REMINDERS", "10000"))
WARNINGS = int(os.environ.get("BENCH_WARNINGS", "40"))
PATIENCE = float(os.environ.get("BENCH_PATIENCE", "600"))
BARE = min(REMINDERS, 2000)
LATEST = 10.0  # seconds within which 99 of 100 warnings have left, whatever else is due


def main(name: str) -> None:
    """Fills the database, lets real workers at it, raises warnings meanwhile, and prints what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "sink.log"
        log.touch()
        port = processes.free_port()
        sink = processes.start([sys.executable, "-m", "tests.bench.sink", str(port), str(log)])
        running = [sink]
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        try:
            processes.wait_until(lambda: not processes.port_is_free(port), seconds=30)
            _play(name, Path(folder), log, port, running)
        finally:
            for process in reversed(running):
                processes.stop(process)


def _play(name: str, folder: Path, log: Path, port: int, running: list) -> None:
    django.setup()
    from django.utils import timezone

    from tests.bench import crowd

    call_command("migrate", verbosity=0)
    warned = _to_be_warned(timezone.now())
    crowd.with_reminders_due(REMINDERS, timezone.now())
    bare = _bare_rate(port)
    began = len(_arrived(log))
    celery = [sys.executable, "-m", "celery", "-A", "deploy"]
    quiet = ["--without-mingle", "--without-gossip", "--loglevel", "WARNING"]
    for line, hands in (("urgent", "1"), ("routine", "2")):
        how = ["--queues", line, "--concurrency", hands, "--hostname", f"{line}@bench", *quiet]
        running.append(processes.start([*celery, "worker", *how], log=folder / f"{line}.log"))
    running.append(processes.start([*celery, "beat", "--pidfile", ""], log=folder / "beat.log"))
    if not processes.wait_until(lambda: len(_arrived(log)) > began, seconds=90):
        raise RuntimeError((folder / "routine.log").read_text()[-2000:])
    raised = _warn(warned, log, began)
    done = processes.wait_until(lambda: len(_arrived(log)) >= began + REMINDERS + len(raised), PATIENCE, pause=0.5)
    _print(name, _arrived(log)[began:], raised, bare, done)


def _to_be_warned(now) -> list:
    from tests.faults import story

    people = story.patients(WARNINGS, now, days_ago=1)
    from recovery.models import Reminder

    Reminder.objects.all().delete()
    return people


def _warn(people: list, log: Path, began: int) -> dict[str, float]:
    """Raises one warning after the other, spread over the flood; each letter's id with when it was written."""
    from django.utils import timezone

    from recovery.models import OutboxMessage
    from recovery.rules.reminders import local_day
    from tests import factories

    for n, person in enumerate(people):
        share = REMINDERS * n // (len(people) + 1)
        processes.wait_until(lambda share=share: len(_arrived(log)) - began >= share, PATIENCE, pause=0.05)
        now = timezone.now()
        factories.check_in(person, local_day(now, factories.UTC), made_at=now, red_flags=("RF05",))
    written = OutboxMessage.objects.filter(priority=OutboxMessage.Priority.SAFETY)
    return {str(pk): at.timestamp() for pk, at in written.values_list("pk", "created_at")}


def _bare_rate(port: int) -> float:
    """The same letters through one connection in a bare loop, in messages a second."""
    from django.utils import timezone

    from recovery.channels.email import compose
    from recovery.models import Episode
    from recovery.services import outbox

    person = Episode.objects.first().patient
    letter = compose(outbox.message("bare", "reminder", timezone.now(), recipient=person), timezone.now())
    text = letter.message().as_bytes(linesep="\r\n")
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _ in range(BARE):
            server.sendmail("bench@example.test", [person.email], text)
    return BARE / (time.perf_counter() - started)


def _arrived(log: Path) -> list[tuple[str, float]]:
    lines = [line.split() for line in log.read_text().splitlines()]
    return [(line[0], float(line[1])) for line in lines if len(line) == 2]


def _print(name: str, arrived: list, raised: dict, bare: float, done: bool) -> None:
    first = {}
    for key, at in arrived:
        first.setdefault(key, at)
    waits = sorted(first[key] - at for key, at in raised.items() if key in first)
    took = arrived[-1][1] - arrived[0][1]
    rate = len(arrived) / took
    p99 = waits[min(len(waits) - 1, int(len(waits) * 0.99))]
    load = os.getloadavg()[0]
    print(f"\n{name}: {REMINDERS} reminders due at once, {len(raised)} warnings among them, load {load:.1f}")
    print(f"  {len(arrived)} letters in {took:.0f} s{'' if done else ' (stopped waiting)'}, {rate:.0f} a second")
    print(f"  a bare loop of the same sends: {bare:.0f} a second; ours is {rate / bare:.2f} of that")
    middle = statistics.median(waits)
    print(f"  a warning left after {middle:.1f} s (median), {p99:.1f} s (p99), {waits[-1]:.1f} s at most")
    print(f"  promised: {LATEST:.0f} s (p99)")
    print(f"  warnings not arrived: {len(raised) - len(waits)}; letters that came twice: {len(arrived) - len(first)}")
    if len(waits) < len(raised) or p99 > LATEST:
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1])
