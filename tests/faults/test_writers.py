"""The embedded database lets writers wait for each other instead of failing them."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from deploy import processes

from . import story

WRITERS, PHONES, SECONDS, DAYS_AGO = 4, 4, 20, 400
pytestmark = pytest.mark.sqlite_only


def contention(web, environment, writers=WRITERS, phones=PHONES, seconds=SECONDS, bug="") -> list:
    """What may be promised of so many writers beside the web, each as fast as it can be."""
    now = timezone.now()
    people = story.patients(writers * 4 + phones, now, days_ago=DAYS_AGO)
    first_day = (now - timedelta(days=DAYS_AGO)).date() + timedelta(days=1)
    bodies = [
        (story.token_of(person), story.bodies(person, first_day, DAYS_AGO - 1, random.Random(n)))
        for n, person in enumerate(people[:phones])
    ]
    web.start()
    processes.wait_until(web.is_up, seconds=60)
    emails = [[person.email for person in people[phones + n :: writers]] for n in range(writers)]
    started = [start_writer(some, {**environment, "FAULT_BUG": bug}, seconds) for some in emails]
    with ThreadPoolExecutor(max(1, phones)) as pool:
        answers = list(pool.map(lambda pair: post_for_a_while(web, *pair, seconds), bodies))
    met = [json.loads(writer.communicate(timeout=120)[0]) for writer in started]
    others = Counter(status for _, statuses in answers for status in statuses)
    locked, writes = sum(one["locked"] for one in met), [one["writes"] for one in met]
    return [
        (f"L5 F9 turns written by {writers} processes in {seconds} s", "> 0", sum(writes), all(writes)),
        ("L5 F9 'database is locked' met by them", 0, locked, not locked),
        ("L5 check-ins taken by the web meanwhile", "> 0", sum(n for n, _ in answers), all(n for n, _ in answers)),
        ("L5 answers other than 2xx", 0, sum(others.values()), not others),
        ("L5 longest turn of a writer, s (for information)", "-", f"{max(one['slowest'] for one in met):.1f}", True),
    ]


def test_four_writers_and_the_web_never_meet_a_locked_database(web, environment, report):
    report(*contention(web, environment))


def test_the_framework_s_own_transactions_would_be_caught(web, environment, report):
    """The red control: a transaction that reads before it asks for the right to write is turned away."""
    report.broken_by("deferred", *contention(web, environment, phones=1, seconds=10, bug="deferred"))


def start_writer(emails: list[str], environment: dict, seconds: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.faults.writer", str(seconds), *emails]
    return subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)


def post_for_a_while(web, token: str, bodies: list[dict], seconds: int) -> tuple[int, list[int]]:
    """How many check-ins the web took in the time, and every answer that was not 2xx."""
    until, taken, others = time.monotonic() + seconds, 0, []
    for body in bodies:
        if time.monotonic() > until:
            break
        status, on_the_way = web.post_until_taken(token, body)
        taken += status > 0
        others += on_the_way
    return taken, others
