"""An accepted check-in exists once, with its decision and its escalation, however often the web dies."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from deploy import processes
from recovery.models import CheckIn, Decision, Episode, Escalation, OutboxMessage
from recovery.rules.red_flags import FLAGS
from recovery.services.verification import differences

from . import story

PEOPLE, WARNED, DAYS, PHONES, KILLS = 60, 30, 10, 6, 12
GAP = DAYS + 2


def posts(rnd, people: int, warned: int) -> list[tuple[str, dict]]:
    """Every phone's check-ins, a third of them twice, in no order; some tell of a warning sign."""
    now = timezone.now()
    first_day = (now - timedelta(days=GAP)).date() + timedelta(days=1)
    calm, alarmed = (story.patients(count, now, days_ago=GAP) for count in (people, warned))
    made = [(story.token_of(person), body) for person in calm for body in story.bodies(person, first_day, DAYS, rnd)]
    for person in alarmed:
        (body,) = story.bodies(person, first_day, 1, rnd)
        made.append((story.token_of(person), {**body, "red_flags": ["RF01"]}))
    made += rnd.sample(made, len(made) // 3)
    rnd.shuffle(made)
    return made


def kill_now_and_then(web, rnd, is_over, kills: int) -> int:
    """Kills the web at random moments after it has come up, until it is over or has died often enough."""
    for done in range(kills):
        processes.wait_until(lambda: web.is_up() or is_over(), seconds=30)
        time.sleep(rnd.uniform(0.2, 1.2))
        if is_over():
            return done
        web.kill()
        web.start()
    return kills


def killed(web, rnd, bug="", people=PEOPLE, warned=WARNED, kills=KILLS) -> list:
    """What may be promised of so many phones while the web is killed under them."""
    made = posts(rnd, people, warned)
    web.start(bug)
    with ThreadPoolExecutor(PHONES) as phones:
        answers = [phones.submit(web.post_until_taken, token, body) for token, body in made]
        killed = kill_now_and_then(web, rnd, lambda: all(answer.done() for answer in answers), kills)
        taken = [answer.result() for answer in answers]
    ids = {body["id"] for _, body in made}
    accepted = {body["id"] for (_, body), (status, _) in zip(made, taken, strict=True) if status}
    stored = Counter(str(key) for key in CheckIn.objects.values_list("key", flat=True))
    other = Counter(status for _, others in taken for status in others)
    flagged = sum(map(bool, CheckIn.objects.values_list("red_flags", flat=True)))  # sealed: no query can tell
    raised = Escalation.objects.filter(code__in=FLAGS).count()
    told = OutboxMessage.objects.filter(kind="red_flag_patient").count()
    undecided, wrong, untold = _undecided(), _wrong(), flagged - min(raised, told)
    return [
        ("F1 L1 check-ins accepted, of those posted", len(ids), len(accepted), accepted == ids),
        ("F1 L1 accepted and missing", 0, len(accepted - set(stored)), accepted <= set(stored)),
        ("F1 L1 stored twice", 0, sum(stored.values()) - len(stored), set(stored.values()) <= {1}),
        ("F1 L1 without a decision", 0, undecided, not undecided),
        ("F1 L1 decisions the rules would make differently", 0, wrong, not wrong),
        ("F1 warning signs without an escalation and its message", 0, untold, flagged == raised == told),
        ("F1 answers other than 2xx from a web that lived", 0, sum(other.values()), not other),
        ("F1 kills of the web", f"<= {kills}", killed, killed > 0),
    ]  # fmt: skip


def _undecided() -> int:
    decided = set(Decision.objects.standing().values_list("episode", "day"))
    return sum((row.episode_id, row.day) not in decided for row in CheckIn.objects.standing())


def _wrong() -> int:
    return sum(len(list(differences(episode))) for episode in Episode.objects.all())


def test_every_accepted_check_in_is_there_once_though_the_web_is_killed(web, rnd, report):
    report(*killed(web, rnd))


@pytest.mark.sqlite_only  # about this test, not about the database
def test_a_web_that_answers_before_it_has_written_would_be_caught(web, rnd, report):
    report.broken_by("hasty", *killed(web, rnd, "hasty", people=20, warned=5, kills=6))
