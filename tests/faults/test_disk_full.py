"""The disk is full for a while: what cannot be kept is refused, stays on the phone, and arrives when there is room."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from deploy import processes
from recovery.models import CheckIn, Decision

from . import full_disk, story

PEOPLE, DAYS, PHONES = 12, 30, 4
GAP = DAYS + 2


@pytest.fixture
def disk(transactional_db, tmp_path):
    if connection.vendor == "sqlite":
        yield full_disk.PageLimit(tmp_path / "pages")
        return
    try:
        made = full_disk.small_disk()
        with made as small:
            yield small
    except PermissionError as problem:
        pytest.skip(str(problem))


def filled_up(web, disk, rnd, tmp_path, bug="", people=PEOPLE) -> list:
    """What may be promised when the disk fills up in the middle of it."""
    now = timezone.now()
    first_day = (now - timedelta(days=GAP)).date() + timedelta(days=1)
    phones = [
        (story.token_of(person), story.bodies(person, first_day, DAYS, rnd))
        for person in story.patients(people, now, days_ago=GAP)
    ]
    web.env |= {"FAULT_PAGES": str(tmp_path / "pages"), "LOG_LEVEL": "CRITICAL"}  # a drawn traceback takes seconds
    web.start(bug)
    processes.wait_until(web.is_up, seconds=60)
    pid, answers, patience_ends = web.process.pid, [], time.monotonic() + 240

    def send(phone):
        token, bodies = phone
        for body in bodies:
            while (status := web.post(token, body)) not in (200, 201) and time.monotonic() < patience_ends:
                answers.append((body["id"], status))
                time.sleep(0.3)
            answers.append((body["id"], status))

    with ThreadPoolExecutor(PHONES) as pool:
        sending = [pool.submit(send, phone) for phone in phones]
        processes.wait_until(lambda: len(answers) > people * DAYS / 6, seconds=90)
        disk.fill()
        processes.wait_until(lambda: sum(status == 503 for _, status in answers) > 8, seconds=30)
        acknowledged = {key for key, status in list(answers) if status in (200, 201)}
        missing = acknowledged - {str(key) for key in CheckIn.objects.values_list("key", flat=True)}
        disk.free()
        for each in sending:
            each.result()
    refused = [status for _, status in answers if status not in (200, 201)]
    others = set(refused) - {503}
    stored, decided = CheckIn.objects.count(), Decision.objects.standing().count()
    return [
        ("F12 acknowledged and missing while the disk is full", 0, len(missing), not missing),
        ("F12 entries refused meanwhile, with 503", "> 0", refused.count(503), 503 in refused),
        ("F12 other answers", 0, str(others) if others else 0, not others),
        ("F12 entries stored in the end", people * DAYS, stored, stored == people * DAYS),
        ("F12 and decided", people * DAYS, decided, decided == people * DAYS),
        ("F12 the database is sound", True, disk.is_sound(), disk.is_sound()),
        ("F12 the web went on without a restart", True, web.process.poll() is None, web.process.pid == pid),
    ]


def test_a_full_disk_loses_nothing(web, disk, rnd, tmp_path, report):
    report(*filled_up(web, disk, rnd, tmp_path))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_web_that_answers_before_it_has_written_would_be_caught(web, disk, rnd, tmp_path, report):
    report.broken_by("hasty", *filled_up(web, disk, rnd, tmp_path, "hasty", people=4))
