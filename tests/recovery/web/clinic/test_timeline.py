"""The timeline of everything: each kind in its words, by kind and day, in portions that never repeat or skip."""

import re
from datetime import UTC, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recovery.models import SessionLog
from recovery.services import (
    check_ins,
    episodes,
    escalations,
    private_notes,
    run_gate,
    threads,
    tightenings,
    timeline,
    timeline_sources,
)
from recovery.web.clinic.timeline import NAMES
from tests import factories as make

from .conftest import NOW, TODAY, raised

HOUR = timedelta(hours=1)


@pytest.fixture
def story(episode, patient, clinic, clinician):
    """A patient to whom one thing of nearly every kind has happened."""
    make.check_in(patient, make.DAY_1, average=4, worst=6)
    first = make.check_in(patient, TODAY, average=2, worst=3)
    check_ins.correct(patient, make.entry(TODAY, key=first.check_in.key, average=5, worst=8), NOW)
    warning = raised(episode, "E2")
    escalations.acknowledge(warning.pk, clinician, NOW, "I ring them.")
    escalations.resolve(warning.pk, clinician, "reviewed", "Spoke by phone.", NOW)
    until = TODAY + timedelta(days=3)
    episodes.override(episode.pk, "rest", "", "Long journey.", until, clinician, NOW)
    episodes.end_override(episode.pk, clinician, NOW)
    place = ("gentle_stretching", "advance_median", "median", None)
    tightenings.tighten(episode.pk, place, 2, "After the fall.", until, clinician, NOW)
    run_gate.decide(episode.pk, True, "Steady at 2.", clinician, NOW)
    episodes.record_readiness(patient, set(), NOW)
    threads.send(patient, patient, clinic, "May I swim?", uuid4(), NOW)
    private_notes.write(episode, clinic, clinician, "Careful with lifting.", uuid4(), NOW)
    log = {"kind": "exercises", "status": "done", "pain": 1}
    SessionLog.objects.create(key=uuid4(), episode=episode, day=TODAY, recorded_at=NOW, **log)
    return episode


def seen(door, episode, query="") -> str:
    page = door.get(reverse("clinic:timeline", args=[episode.pk]) + query)
    assert page.status_code == 200
    return " ".join(unescape(page.text).split())


WORDS = {
    "intake": "Starting questions answered.",
    "check_in": "Average 4, worst 6",
    "correction": "Average 5, worst 8",
    "decision": "Findings and figures",
    "notice": "Pain past four weeks",
    "taken": "“I ring them.”",
    "closed": "“Spoke by phone.”",
    "sent": "Word that a message waits",
    "override": "“Long journey.”",
    "limit": "median of average pain: 2 instead of 3",
    "gate": "“Steady at 2.”",
    "readiness": "Not passed",
    "session": "Session of exercises",
    "message": "May I swim?",
    "note": "Careful with lifting.",
}


def test_each_kind_is_told_in_its_words_and_alone_when_asked_for(door, story):
    text = seen(door, story)
    assert [kind for kind, words in WORDS.items() if words not in text] == []
    alone = {kind: seen(door, story, f"?kind={kind}") for kind in WORDS}
    assert [kind for kind, words in WORDS.items() if words not in alone[kind]] == []
    strange = [kind for kind, page in alone.items() if kind != "note" and WORDS["note"] in page]
    assert strange == []


def test_every_kind_has_a_name_to_choose_it_by():
    assert set(NAMES) == set(timeline_sources.KINDS)


def test_a_message_says_whether_it_was_read(door, story, patient, clinic, clinician):
    threads.send(clinician, patient, clinic, "Yes, gently.", uuid4(), NOW + HOUR)
    thread = threads.between(patient, clinic)
    assert "Not read yet." in seen(door, story, "?kind=message")
    threads.mark_read(thread, patient, NOW + 2 * HOUR)
    assert "Not read yet." not in seen(door, story, "?kind=message")


def test_another_clinic_reads_neither_these_messages_nor_these_notes(client, story, patient):
    elsewhere = make.make_clinic("Mill Lane")
    make.share(patient, elsewhere)
    client.force_login(make.make_clinician(elsewhere))
    text = seen(client, story)
    assert "Average 5" in text and "May I swim?" not in text and "Careful with lifting." not in text


def test_days_narrow_it_and_the_days_themselves_belong_to_it(door, story):
    first, last = make.DAY_1.isoformat(), TODAY.isoformat()
    assert "Average 4" in seen(door, story, f"?first={first}&last={first}")
    assert "Average 5" not in seen(door, story, f"?first={first}&last={first}")
    assert "Average 5" in seen(door, story, f"?first={last}&last={last}")
    assert "Nothing of this kind in these days." in seen(door, story, "?first=2031-01-01&kind=check_in")


def entries_of(page: str) -> list[str]:
    return re.findall(r"<li.*?</li>", page[page.index('id="timeline"') :].replace("\n", " "))


def test_portions_follow_each_other_without_repeating_or_skipping(door, story, monkeypatch):
    whole = [(e.kind, e.row.pk) for e in timeline.portion(story, story.patient, {}, None, UTC)[0]]
    monkeypatch.setattr(timeline, "PORTION", 3)
    found, before = [], None
    while True:
        entries, following = timeline.portion(story, story.patient, {}, before, UTC)
        found += [(entry.kind, entry.row.pk) for entry in entries]
        if following is None:
            break
        before = timeline.Mark.read(str(following))
    assert found == whole and len(set(found)) == len(found) > 12
    page = seen(door, story)
    link = re.search(r'href="\?(before=[^"]+)"', page)
    assert link and "hx-get" in page
    assert "From the newest" in seen(door, story, "?" + link.group(1))


def test_the_newest_stands_first(story, clinician):
    instants = [entry.at for entry in timeline.portion(story, clinician, {}, None, UTC)[0]]
    assert instants == sorted(instants, reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "?before=%00",
        "?before=0001-01-01T00:00:00%2B14:00~1~x",
        "?before=2026-03-01T00:00:00%2B00:00~99~",
        "?first=9999-12-31&last=0001-01-01",
        "?kind=nonsense",
        "?before=2026-13-01T00:00:00Z~1~1",
    ],
)
def test_an_unreadable_wish_is_no_wish(door, episode, query):
    seen(door, episode, query)


def test_the_queries_are_as_many_however_long_the_history(door, patient, story):
    def asked():
        with CaptureQueriesContext(connection) as ran:
            seen(door, story)
        return len(ran)

    few = asked()
    for number in range(1, 9):
        make.check_in(patient, make.DAY_1 + timedelta(days=number))
    assert asked() <= few <= 32
