"""Ten copies of everything, altered ones among them, in any order and at once: one history, the same bytes."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from deploy import processes
from recovery.models import CheckIn, Decision

from . import story

PEOPLE, DAYS, PHONES, COPIES, ALTERED = 20, 14, 8, 10, 0.05
AVERAGES = (4, 4, 3, 7, 3, 2, 2, 1, 1, 5, 1, 1, 0, 0)
GAP = DAYS + 2


def one_history(rnd, people: int) -> dict[str, list[dict]]:
    """The same fourteen days for everybody, each by the ids and the token of their own phone."""
    now = timezone.now()
    first_day = (now - timedelta(days=GAP)).date() + timedelta(days=1)
    made = {}
    for person in story.patients(people, now, days_ago=GAP):
        bodies = story.bodies(person, first_day, DAYS, rnd)
        said = zip(bodies, AVERAGES, strict=True)
        made[story.token_of(person)] = [
            {**body, "average": n, "worst": n + 1, "morning": min(n, 3)} for body, n in said
        ]
    return made


def in_any_order(web, rnd, people=PEOPLE, copies=COPIES, bug="") -> list:
    """What may be promised when everybody's days come in an order of their own, again and again."""
    histories = one_history(rnd, people)
    web.start(bug)
    processes.wait_until(web.is_up, seconds=30)
    with ThreadPoolExecutor(PHONES) as phones:
        first = list(phones.map(lambda pair: [web.post(pair[0], body) for body in pair[1]], _shuffled(histories, rnd)))
        later = [(token, body) for token, days in histories.items() for body in days] * (copies - 1)
        rnd.shuffle(later)
        count = int(len(later) * ALTERED)
        altered = [(token, {**body, "average": body["average"] + 1, "worst": 9}) for token, body in later[:count]]
        repeated = phones.map(lambda pair: ("same", web.post(*pair)), later[count:])
        changed = phones.map(lambda pair: ("altered", web.post(*pair)), altered)
        answers = Counter([*repeated, *changed])
    new = Counter(status for statuses in first for status in statuses)
    wanted, stored = people * DAYS, CheckIn.objects.count()
    faults = sum(count for (_, status), count in answers.items() if not 200 <= status < 500)
    different, same, refused = len(set(_decided())), answers["same", 200], answers["altered", 409]
    again = len(later) - count
    return [
        ("F6 L1 entries taken as new", wanted, new[201], new == {201: wanted}),
        ("F6 L1 rows, of so many copies posted", wanted, stored, stored == wanted),
        ("F6 repeated copies answered with what is stored", again, same, same == again),
        ("F6 altered copies refused with 409", count, refused, refused == count),
        ("F6 answers of 500 and more, or none", 0, faults, not faults),
        ("L2 different histories and decisions, in bytes", 1, different, different == 1),
    ]  # fmt: skip


def _shuffled(histories: dict, rnd) -> list:
    return [(token, rnd.sample(days, len(days))) for token, days in histories.items()]


def _decided() -> list[bytes]:
    """Everything decided about each person."""
    columns = ("day", "outcome", "rule", "phase", "run_level", "notices", "state_after")
    by_episode: dict = {}
    for episode, *decided in Decision.objects.standing().order_by("day").values_list("episode", *columns):
        by_episode.setdefault(episode, []).append(decided)
    return [json.dumps(rows, default=str, sort_keys=True).encode() for rows in by_episode.values()]


def test_any_order_and_any_number_of_copies_end_in_the_same_history(web, rnd, report):
    report(*in_any_order(web, rnd))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_web_that_never_looks_back_would_be_caught(web, rnd, report):
    report.broken_by("forward_only", *in_any_order(web, rnd, people=6, copies=2, bug="forward_only"))
