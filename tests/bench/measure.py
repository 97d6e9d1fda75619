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
    from . import load, requests

    results = {case: [] for case in CASES}
    order = list(CASES.items())
    for number in range(-1, ROUNDS):  # the first warms up and is not counted
        random.Random(SEED + number).shuffle(order)
        for case, (server, source) in order:
            groups = [patients[source][n::CLIENTS] for n in range(CLIENTS)]
            seconds = SECONDS if number >= 0 else min(1.5, SECONDS)
            played = load.play(ports[server], getattr(requests, source), groups, seconds, SEED + 100 * number)
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
    load = os.getloadavg()
    print(f"\n{name}: {ROUNDS} rounds of {SECONDS:g} s per case, {CLIENTS} connections, gunicorn 2 x 4, load {load[0]:.1f}")
    print(f"{'':16}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'rps, of bare':>14}{'p99, of bare':>14}{'rounds, requests/s':>30}")
    bare_rps, _, bare_p99, _ = _figures(results["bare insert"])
    for case, rounds in results.items():
        rps, p50, p99, each = _figures(rounds)
        print(f"{case:16}{rps:12.0f}{p50:9.1f}{p99:9.1f}{rps / bare_rps:14.2f}{p99 / bare_p99:14.2f}{each:>30}")
    parts = ", ".join(f"{label} {ms:.2f} ms" for label, ms in costs.parts.items())
    print(f"one check-in in one process: {costs.queries:.0f} queries, {costs.bytes_written / 1024:.1f} kB to the log; {parts}")


def _figures(rounds: list) -> tuple[float, float, float, str]:
    """Requests per second (median of the rounds), p50 and p99 of all answers, and the rounds one by one."""
    each = [len(played.latencies) / played.seconds for played in rounds]
    hundredths = statistics.quantiles([ms for played in rounds for ms in played.latencies], n=100)
    return statistics.median(each), hundredths[49], hundredths[98], " ".join(f"{rps:.0f}" for rps in each)


if __name__ == "__main__":
    main(sys.argv[1])
