"""`python -m tests.bench.morning`: the first page of the panel of a large clinic, beside rows read by their keys."""

import os
import statistics
import sys
from time import perf_counter

import django
from django.core.management import call_command

PATIENTS = int(os.environ.get("BENCH_PANEL_PATIENTS", "20000"))
FEW = min(200, PATIENTS)
TIMES = int(os.environ.get("BENCH_PANEL_TIMES", "40"))
WISHED = 100  # ms of server time for 95 of 100 first pages, on two idle cores
ROW = "  {:46}{:>9}{:>9}{:>9}"


def main() -> None:
    """Prints what the page and its parts cost; ends with 1 when a larger clinic asks the database more often."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_plan", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.utils import timezone

    from tests.bench import large_clinic

    began, now = perf_counter(), timezone.now()
    small, large = (large_clinic.make(count, now) for count in (FEW, PATIENTS))
    print(f"\nPostgreSQL, {PATIENTS} patients of one clinic, made in {perf_counter() - began:.0f} s")
    asked = {name: _queries_of(_page(clinician)) for name, clinician in (("small", small), ("large", large))}
    _tell(large, now)
    print(f"  queries of the page: {asked['large']}; in a clinic of {FEW}: {asked['small']}")
    sys.exit(0 if asked["large"] == asked["small"] else 1)


def _tell(clinician, now) -> None:
    """The page as a browser asks for it, the panel alone, and as many rows by primary key, taken in turn."""
    from recovery.models import Episode
    from recovery.services import panel

    keys = [row.episode_id for row in panel.panel(clinician, now).rows]
    by_key = Episode.objects.filter(pk__in=keys).select_related("patient").defer("state")
    cases = {
        "the page": _page(clinician),
        "the panel alone": lambda: panel.panel(clinician, now),
        f"{len(keys)} rows by primary key": lambda: list(by_key.all()),
    }
    took = _in_turn(cases)
    print(ROW.format(f"{TIMES} times each, load {os.getloadavg()[0]:.1f}", "p50 ms", "p95 ms", "x keys"))
    bare = statistics.median(took[f"{len(keys)} rows by primary key"])
    for name, each in took.items():
        p50 = statistics.median(each)
        print(ROW.format(name, f"{p50:.1f}", f"{_p95(each):.1f}", f"{p50 / bare:.0f}"))
    print(f"  wished for on two idle cores: the page within {WISHED} ms, 95 times of 100")


def _in_turn(cases: dict) -> dict[str, list[float]]:
    """Milliseconds of each case, one round after the other; the first warms up and is not counted."""
    took = {name: [] for name in cases}
    for number in range(-1, TIMES):
        for name, work in cases.items():
            began = perf_counter()
            work()
            if number >= 0:
                took[name].append((perf_counter() - began) * 1000)
    return took


def _p95(each: list[float]) -> float:
    return statistics.quantiles(each, n=20)[-1]


def _page(clinician):
    """Asks for the panel through every middleware, as this clinician."""
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(clinician, backend="allauth.account.auth_backends.AuthenticationBackend")

    def ask():
        answer = client.get(reverse("clinic:panel"), secure=True)
        if answer.status_code != 200:
            raise RuntimeError(f"the panel answered {answer.status_code}")

    return ask


def _queries_of(work) -> int:
    """How often the database is asked, once everything that is kept is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work()
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


if __name__ == "__main__":
    main()
