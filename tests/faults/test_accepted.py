"""An accepted check-in exists once, with its decision, however often the web dies."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.utils import timezone

from deploy import processes
from recovery.models import CheckIn, Decision, Episode
from recovery.services.verification import differences

from . import story

PEOPLE, DAYS, PHONES, KILLS = 60, 10, 6, 8
GAP = DAYS + 2


def posts(rnd) -> list[tuple[str, dict]]:
    """Every phone's check-ins, a third of them twice, in no order."""
    now = timezone.now()
    people = story.patients(PEOPLE, now, days_ago=GAP)
    first_day = (now - timedelta(days=GAP)).date() + timedelta(days=1)
    made = [(story.token_of(person), body) for person in people for body in story.bodies(person, first_day, DAYS, rnd)]
    made += rnd.sample(made, len(made) // 3)
    rnd.shuffle(made)
    return made


def kill_now_and_then(web, rnd, is_over) -> int:
    """Kills the web at random moments after it has come up, until it is over or has died often enough."""
    for kills in range(KILLS):
        processes.wait_until(lambda: web.is_up() or is_over(), seconds=30)
        time.sleep(rnd.uniform(0.2, 1.5))
        if is_over():
            return kills
        web.kill()
        web.start()
    return KILLS


def test_every_accepted_check_in_is_there_once_though_the_web_is_killed(web, rnd, report):
    made = posts(rnd)
    with ThreadPoolExecutor(PHONES) as phones:
        answers = [phones.submit(web.post_until_taken, token, body) for token, body in made]
        kills = kill_now_and_then(web, rnd, lambda: all(answer.done() for answer in answers))
        taken = [answer.result() for answer in answers]

    accepted = {body["id"] for (_, body), (status, _) in zip(made, taken, strict=True) if status}
    stored = Counter(str(key) for key in CheckIn.objects.values_list("key", flat=True))
    decided = set(Decision.objects.standing().values_list("episode", "day"))
    undecided = [row for row in CheckIn.objects.standing() if (row.episode_id, row.day) not in decided]
    wrong = [found for episode in Episode.objects.all() for found in differences(episode)]
    other = Counter(status for _, others in taken for status in others)
    report(
        ("check-ins accepted, of those posted", PEOPLE * DAYS, len(accepted), len(accepted) == PEOPLE * DAYS),
        ("accepted and missing", 0, len(accepted - set(stored)), accepted <= set(stored)),
        ("stored twice", 0, sum(stored.values()) - len(stored), set(stored.values()) == {1}),
        ("without a decision", 0, len(undecided), not undecided),
        ("decisions the rules would make differently", 0, len(wrong), not wrong),
        ("answers other than 2xx from a web that lived", 0, dict(other), not other),
        ("kills of the web", f"<= {KILLS}", kills, kills > 0),
    )
