"""Who reaches what: for everybody else an address looks as if nothing were there."""

from uuid import uuid4

import pytest
from django.utils import timezone

from recovery.api import urls
from recovery.models import Decision, Escalation
from recovery.services import check_ins, plans
from recovery.services.back_tests import asking
from tests.factories import DAY_1, entry, make_clinic, make_clinician, make_user, open_episode, share

from .asking import Caller, problem

PATIENTS = {"owner", "other_patient"}
CLINICIANS = {"linked", "elsewhere", "withdrawn"}
EVERYBODY = PATIENTS | CLINICIANS | {"admin"}
CARE = {"owner", "linked"}
PLAN = "lower-back-running"

# Address -> method -> who finds something there. Everybody else gets 404, strangers 401.
REACHED = {
    "check_ins": {"GET": PATIENTS | CLINICIANS, "POST": PATIENTS},
    "check_in": {"GET": {"owner"}, "PUT": {"owner"}},
    "episodes": {"GET": PATIENTS | CLINICIANS},
    "current_episode": {"GET": PATIENTS},
    "episode": {"GET": CARE},
    "override": {"POST": {"linked"}, "DELETE": {"linked"}},
    "clearance": {"POST": CARE},
    "decisions": {"GET": PATIENTS | CLINICIANS},
    "decision": {"GET": CARE},
    "plans": {"GET": EVERYBODY},
    "plan": {"GET": EVERYBODY},
    "plan_version": {"GET": EVERYBODY},
    "draft": {"GET": {"admin"}, "POST": {"admin"}, "PUT": {"admin"}, "DELETE": {"admin"}},
    "publish": {"POST": {"admin"}},
    "approve": {"POST": {"admin"}},
    "back_tests": {"GET": {"admin"}, "POST": {"admin"}},
    "back_test": {"GET": {"admin"}, "DELETE": {"admin"}},
    "exercises": {"GET": EVERYBODY},
    "exercise": {"GET": EVERYBODY},
    "panel": {"GET": CLINICIANS},
    "escalations": {"GET": CLINICIANS},
    "escalation": {"GET": {"linked"}},
    "acknowledge": {"POST": {"linked"}},
    "resolve": {"POST": {"linked"}},
    "reminders": {"GET": PATIENTS},
    "reminder_settings": {"GET": PATIENTS, "PUT": PATIENTS},
    "messages": {"GET": PATIENTS | CLINICIANS},
    "token": {"DELETE": EVERYBODY},
}
OPEN_TO_STRANGERS = {"schema", "nothing"}
OF_ONE_PATIENT = ("check_in", "episode", "override", "clearance", "decision", "escalation", "acknowledge", "resolve")


class World:
    """One patient with everything a patient can have, and everybody who might look."""

    def __init__(self):
        self.episode = open_episode()
        owner, clinic = self.episode.patient, make_clinic()
        linked, withdrawn = make_clinician(clinic), make_clinician(make_clinic("Old Mill Physio"))
        share(owner, clinic)
        ended = share(owner, withdrawn.memberships.get().clinic)
        self.key = uuid4()
        check_ins.record(owner, entry(DAY_1, self.key, red_flags=("RF05",)), timezone.now())
        ended.withdrawn_at = timezone.now()
        ended.save()
        self.actors = {
            "owner": owner,
            "other_patient": open_episode().patient,
            "linked": linked,
            "elsewhere": make_clinician(make_clinic("Hill Road Physio")),
            "withdrawn": withdrawn,
            "admin": make_user("admin"),
        }
        draft = plans.start_draft(PLAN, self.actors["admin"], timezone.now())
        self.tried = asking.ask(draft, asking.EVERYBODY, None, timezone.now())

    def path(self, name: str, *, foreign: bool = True) -> str:
        """The address of a row of the owner, or of a row nobody has."""
        episode = self.episode.pk if foreign else uuid4()
        key = self.key if foreign else uuid4()
        decision = Decision.objects.get(episode=self.episode).pk if foreign else 10**9
        escalation = Escalation.objects.get(episode=self.episode, code="RF05").pk if foreign else uuid4()
        return {
            "check_ins": "check-ins/",
            "check_in": f"check-ins/{key}/",
            "current_episode": "episodes/current/",
            "episode": f"episodes/{episode}/",
            "override": f"episodes/{episode}/override/",
            "clearance": f"episodes/{episode}/clearance/",
            "decision": f"decisions/{decision}/",
            "plan": f"plans/{PLAN}/",
            "plan_version": f"plans/{PLAN}/versions/1/",
            "draft": f"plans/{PLAN}/draft/",
            "publish": f"plans/{PLAN}/publish/",
            "approve": f"plans/{PLAN}/approve/",
            "back_tests": f"plans/{PLAN}/back-tests/",
            "back_test": f"plans/{PLAN}/back-tests/{self.tried.pk if foreign else uuid4()}/",
            "exercise": "exercises/EX01/",
            "escalation": f"escalations/{escalation}/",
            "acknowledge": f"escalations/{escalation}/acknowledge/",
            "resolve": f"escalations/{escalation}/resolve/",
            "reminder_settings": "reminders/settings/",
            "token": "auth/token/",
        }.get(name, f"{name}/")


@pytest.fixture
def world(db, clock):
    return World()


def test_every_address_says_who_reaches_it():
    named = {pattern.name: pattern.callback.view_class for pattern in urls.urlpatterns}
    assert set(named) == set(REACHED) | OPEN_TO_STRANGERS
    for name, methods in REACHED.items():
        has = {method for method in ("GET", "POST", "PUT", "PATCH", "DELETE") if hasattr(named[name], method.lower())}
        assert has == set(methods) | ({"POST"} if name == "token" else set()), name


@pytest.mark.parametrize("actor", sorted(EVERYBODY))
def test_everybody_finds_what_is_theirs_and_nothing_else(world, actor):
    caller = Caller(world.actors[actor])
    for name, methods in REACHED.items():
        for method, reached_by in methods.items():
            answer = caller.ask(method, world.path(name), None if method in ("GET", "DELETE") else {})
            if actor in reached_by:
                assert answer.status_code not in (401, 403, 404), (name, method, answer.content)
            else:
                problem(answer, 404)


def test_a_stranger_is_asked_to_sign_in_everywhere(world):
    stranger = Caller()
    for name, methods in REACHED.items():
        for method in methods:
            answer = stranger.ask(method, world.path(name), None if method in ("GET", "DELETE") else {})
            problem(answer, 401)
            assert answer["WWW-Authenticate"] == 'Bearer realm="backstride"'


@pytest.mark.parametrize("actor", ["other_patient", "elsewhere", "withdrawn", "admin"])
def test_a_row_of_somebody_else_looks_exactly_like_a_row_of_nobody(world, actor):
    caller = Caller(world.actors[actor])
    for name in OF_ONE_PATIENT:
        for method in REACHED[name]:
            answers = [caller.ask(method, world.path(name, foreign=foreign), {}) for foreign in (True, False)]
            assert answers[0].content == answers[1].content, name
            assert dict(answers[0].headers) == dict(answers[1].headers), name


@pytest.mark.parametrize("actor", ["other_patient", "elsewhere", "withdrawn"])
def test_no_list_gives_away_a_row_of_somebody_else(world, actor):
    caller = Caller(world.actors[actor])
    for noun in ("check-ins", "episodes", "decisions", "escalations", "messages", "panel", "reminders"):
        body = caller.ask("GET", f"{noun}/").content.decode()
        assert (
            str(world.episode.pk) not in body and str(world.key) not in body and world.actors["owner"].name not in body
        )


@pytest.mark.parametrize("actor", ["other_patient", "elsewhere", "withdrawn"])
def test_asking_for_somebody_elses_episode_finds_nothing(world, actor):
    caller = Caller(world.actors[actor])
    for noun in ("check-ins", "decisions", "messages"):
        asked = [caller.ask("GET", f"{noun}/?episode={pk}") for pk in (world.episode.pk, uuid4())]
        problem(asked[0], 404)
        assert asked[0].content == asked[1].content


def test_a_clinician_who_shares_no_longer_loses_sight_at_once(world):
    caller, consent = Caller(world.actors["linked"]), world.actors["owner"].consents.active().get()
    assert caller.ask("GET", world.path("episode")).status_code == 200
    consent.withdrawn_at = timezone.now()
    consent.save()
    problem(caller.ask("GET", world.path("episode")), 404)
    assert caller.ask("GET", "messages/").json()["results"] == []


def test_a_person_who_may_no_longer_sign_in_is_a_stranger(world):
    owner = world.actors["owner"]
    caller = Caller(owner)
    owner.is_active = False
    owner.save()
    problem(caller.ask("GET", "episodes/current/"), 401)


def test_nobody_can_give_themselves_a_role_or_another_patient(world):
    caller = Caller(world.actors["other_patient"])
    owner = world.actors["owner"]
    for name in ("patient", "episode", "role", "clinic", "state", "acknowledged_by"):
        refusal = problem(caller.ask("PUT", "reminders/settings/", {name: str(owner.pk)}), 400)
        assert name in refusal["fields"]
