"""`python -m tests.bench.measure NAME`: one database, named by DATABASE_URL; prints its table."""

import os
import random
import statistics
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "4"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
CLIENTS = 8
PATIENTS = int(os.environ.get("BENCH_PATIENTS", "48"))
SEED = int(os.environ.get("BENCH_SEED", "20260302"))
ROW = "{:16}{:>12}{:>9}{:>9}{:>13}{:>13}   {}"
CASES = {"bare insert": ("bare", "bare"), "check-in, form": ("product", "web"), "check-in, API": ("product", "api")}


def main(name: str) -> None:
    """Prepares, plays the rounds interleaved, and prints what came out."""
    django.setup()
    from . import bare_view, cost, people, servers

    call_command("migrate", verbosity=0)
    bare_view.make_table()
    patients = people.make(PATIENTS, SEED)
    half = len(patients) // 2
    costs = cost.of_a_check_in(patients[half:], cost.through_service)
    with tempfile.TemporaryDirectory() as folder, servers.both(Path(folder)) as ports:
        results = _play(ports, {"web": patients[:half], "api": patients[half:], "bare": patients})
    _check_all_decided()
    _print(name, results, costs)


def _play(ports: dict[str, int], patients: dict[str, list]) -> dict:
    from . import asking, load

    results = {case: [] for case in CASES}
    order = list(CASES.items())
    for number in range(-1, ROUNDS):  # the first warms up and is not counted
        random.Random(SEED + number).shuffle(order)
        for case, (server, source) in order:
            groups = [patients[source][n::CLIENTS] for n in range(CLIENTS)]
            seconds = SECONDS if number >= 0 else min(1.5, SECONDS)
            played = load.play(ports[server], getattr(asking, source), groups, seconds, SEED + 100 * number)
            if number >= 0:
                results[case].append(played)
    return results


def _check_all_decided() -> None:
    """A measurement counts only if every check-in was really decided."""
    from recovery.models import CheckIn, Decision

    undecided = CheckIn.objects.exclude(day__in=Decision.objects.values("day")).count()
    if undecided or CheckIn.objects.filter(decisions__isnull=True).exists():
        raise RuntimeError("some check-ins were stored without a decision")


def _print(name: str, results: dict, costs) -> None:
    how = f"{ROUNDS} rounds of {SECONDS:g} s, {CLIENTS} connections, gunicorn 2 x 4, load {os.getloadavg()[0]:.1f}"
    print(f"\n{name}: {how}")
    print(ROW.format("", "requests/s", "p50 ms", "p99 ms", "rps of bare", "p99 of bare", "requests/s, round by round"))
    bare_rps, _, bare_p99, _ = _figures(results["bare insert"])
    for case, rounds in results.items():
        rps, p50, p99, each = _figures(rounds)
        figures = f"{rps:.0f}", f"{p50:.1f}", f"{p99:.1f}", f"{rps / bare_rps:.2f}", f"{p99 / bare_p99:.2f}"
        print(ROW.format(case, *figures, each))
    times = ", ".join(f"{label} {ms:.2f} ms" for label, ms in costs.parts.items())
    print(
        f"one check-in in one process: {costs.queries:.0f} queries, {costs.bytes_written / 1024:.1f} kB logged; {times}"
    )


def _figures(rounds: list) -> tuple[float, float, float, str]:
    """Requests per second (median of the rounds), p50 and p99 of all answers, and the rounds one by one."""
    each = [len(played.latencies) / played.seconds for played in rounds]
    hundredths = statistics.quantiles([ms for played in rounds for ms in played.latencies], n=100)
    return statistics.median(each), hundredths[49], hundredths[98], " ".join(f"{rps:.0f}" for rps in each)


if __name__ == "__main__":
    main(sys.argv[1])
