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


def test_four_writers_and_the_web_never_meet_a_locked_database(web, environment, report):
    now = timezone.now()
    people = story.patients(WRITERS * 4 + PHONES, now, days_ago=DAYS_AGO)
    first_day = (now - timedelta(days=DAYS_AGO)).date() + timedelta(days=1)
    bodies = [
        (story.token_of(person), story.bodies(person, first_day, DAYS_AGO - 1, random.Random(n)))
        for n, person in enumerate(people[:PHONES])
    ]
    processes.wait_until(web.is_up, seconds=30)
    writers = [
        start_writer([person.email for person in people[PHONES + n :: WRITERS]], environment) for n in range(WRITERS)
    ]
    with ThreadPoolExecutor(PHONES) as phones:
        answers = list(phones.map(lambda pair: post_for_a_while(web, *pair), bodies))
    met = [json.loads(writer.communicate(timeout=60)[0]) for writer in writers]

    others = Counter(status for _, statuses in answers for status in statuses)
    locked = sum(one["locked"] for one in met)
    report(
        (
            "check-ins written by four processes",
            "> 0",
            sum(one["writes"] for one in met),
            all(one["writes"] for one in met),
        ),
        ("'database is locked' met by them", 0, locked, locked == 0),
        (
            "check-ins taken by the web meanwhile",
            "> 0",
            sum(taken for taken, _ in answers),
            all(taken for taken, _ in answers),
        ),
        ("answers other than 2xx", 0, dict(others), not others),
        ("longest turn of a writer, s (for information)", "-", f"{max(one['slowest'] for one in met):.1f}", True),
    )


def start_writer(emails: list[str], environment: dict) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.faults.writer", str(SECONDS), *emails]
    return subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)


def post_for_a_while(web, token: str, bodies: list[dict]) -> tuple[int, list[int]]:
    """How many check-ins the web took in the time, and every answer that was not 2xx."""
    until, taken, others = time.monotonic() + SECONDS, 0, []
    for body in bodies:
        if time.monotonic() > until:
            break
        status, on_the_way = web.post_until_taken(token, body)
        taken += status > 0
        others += on_the_way
    return taken, others
