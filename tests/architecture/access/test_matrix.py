"""Every address, as everybody, with one's own rows and with others': docs/access.md says what each must answer."""

import re

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from . import routes, table
from .asking import AGAIN, NOTHING, OPENS, Door, meaning
from .world import FOREIGN, NOBODYS, NOW, World

OWN = "own"  # about one's own account alone: what it says depends on how one signs in
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# These differ from a clinician only where a patient's rows may be met; elsewhere their role is all that counts.
DIFFER_BY_ROWS = {"other patient", "elsewhere", "emergency", "withdrawn", "left"}
OF_SOMEBODY = {
    "episode_id",
    "escalation_id",
    "device_id",
    "key_id",
    "view_id",
    "follow_up_id",
    "clinic_id",
    "access_id",
}
OF_SOMEBODY_IN_API = ("/api/v1/check-ins/<key>/", "/api/v1/episodes/", "/api/v1/decisions/", "/api/v1/escalations/")
FROM_LIBRARIES = ("/accounts/", "/staff/")  # which methods they know is theirs to say
NONCE = re.compile(rb'nonce="[^"]*"')
# Who may open what is decided in the code, the same on either database; asking once is enough.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
IN_AN_EMERGENCY = "/clinic/emergencies/"
MAY_READ = {"patient", "clinician", "lead", "admin"}
UNLIMITED = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {}}


@pytest.fixture(scope="module")
def door(django_db_setup, django_db_blocker):
    """The world, made once for every question here and taken back afterwards."""
    limits = override_settings(SECOND_STEP=True, ACCOUNT_RATE_LIMITS=False, REST_FRAMEWORK=UNLIMITED)
    with limits, time_machine.travel(NOW, tick=False), django_db_blocker.unblock(), transaction.atomic():
        yield Door(World())
        transaction.set_rollback(True)


def of_somebody(route: str) -> bool:
    """Whether the address has a place for a row that belongs to one person or one clinic."""
    places = set(routes.parameters(route))
    return bool(places & OF_SOMEBODY) or (bool(places) and route.startswith(OF_SOMEBODY_IN_API))


def is_asked(row: table.Row, who: str) -> bool:
    return who not in DIFFER_BY_ROWS or of_somebody(row.route) or row.expected[who] == OPENS


def fault(door: Door, row: table.Row, who: str) -> str | None:
    """What is wrong with the answer to one person, or None."""
    expected, path = row.expected[who], door.world.address(row.route)
    answer = door.ask(row.method, path, who)
    if row.asks_again and expected not in (NOTHING, "sign in", "set up"):
        if meaning(answer) != AGAIN:
            return f"does not ask again who one is: {answer.status_code}"
        answer = door.ask(row.method, path, who, is_confirmed=True)
    if expected not in (OWN, meaning(answer)):
        return f"{meaning(answer)} ({answer.status_code}) instead of {expected}"
    return unnoted(door, row, who, answer)


def unnoted(door: Door, row: table.Row, who: str, answer) -> str | None:
    """A patient's rows in an answer to somebody else: only where they may, and each time in the audit trail."""
    patient = door.world.one["patient"]
    noted = [patients for patients in answer.audited if patient.pk in patients]
    if who == "patient":
        return None
    is_shown = any(mark in body(answer) for mark in door.world.marks)
    acted = row.kind in ("of a patient", "care") and meaning(answer) == OPENS
    if is_shown and not (who in MAY_READ or (who == "emergency" and row.route.startswith(IN_AN_EMERGENCY))):
        return "shows the patient"
    if (is_shown or acted) and len(noted) != 1:
        return f"leaves {len(noted)} lines in the audit trail"
    return None


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_address_stands_on_the_page_and_nothing_else_does():
    listed, served = {row.route for row in table.rows()}, set(routes.routes())
    advice = f"docs/access.md: give a line under its kind to {served - listed}, take out {listed - served}"
    assert listed == served, advice


def test_every_row_is_of_a_known_kind_and_stands_there_once():
    listed = [(row.method, row.route) for row in table.rows()]
    assert len(listed) == len(set(listed))
    assert {row.kind for row in table.rows()} == set(table.kinds())


@pytest.mark.parametrize("who", next(iter(table.kinds().values())))
def test_everybody_gets_the_answer_on_the_page(door, who):
    asked = [row for row in table.rows() if is_asked(row, who)]
    found = {f"{row.method} {row.route}": fault(door, row, who) for row in asked}
    assert {at: why for at, why in found.items() if why} == {}


@pytest.mark.parametrize("who", ["patient", "clinician", "lead", "emergency"])
def test_a_row_of_somebody_else_looks_exactly_like_a_row_of_nobody(door, who):
    faults = []
    for row in table.rows():
        if of_somebody(row.route) and row.expected[who] == OPENS:
            asked = [door.ask(row.method, door.world.address(row.route, whose), who) for whose in (FOREIGN, NOBODYS)]
            bodies = {NONCE.sub(b"", answer.content) for answer in asked}
            if [meaning(answer) for answer in asked] != [NOTHING, NOTHING] or len(bodies) > 1:
                faults.append(f"{row.method} {row.route}")
    assert faults == []


def test_a_method_the_page_does_not_name_does_nothing(door):
    named: dict[str, set[str]] = {}
    for row in table.rows():
        named.setdefault(row.route, set()).add(row.method)
    faults = []
    for row in table.rows():
        who = next((who for who in ("clinician", "patient", "admin") if row.expected[who] == OPENS), None)
        if who is None or row.route.startswith(FROM_LIBRARIES):
            continue
        for method in set(METHODS) - named[row.route]:
            named[row.route].add(method)
            if door.ask(method, door.world.address(row.route), who).status_code != 405:
                faults.append(f"{method} {row.route}")
    assert faults == []
