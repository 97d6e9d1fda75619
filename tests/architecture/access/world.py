"""One clinic, one patient with everything a patient can have, and everybody who might look."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import Clinic, Membership
from accounts.services import invitations, tokens
from accounts.web import idle
from recovery.models import Decision, Device, Episode, Escalation, FollowUp, OutboxMessage, PlanVersion, SavedView
from recovery.services import check_ins, emergencies, handing_on, plans, private_notes, threads, tightenings
from recovery.services.back_tests import asking
from recovery.services.cohort_trials import asking as cohorts
from tests.factories import DAY_1, at, entry, make_clinic, make_clinician, make_user, open_episode, share

from .routes import CONVERTER

NOW = at(DAY_1 + timedelta(days=2))
KEY = "lower-back-running"
MEDIAN = ("gentle_stretching", "advance_median", "median", None)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROWS_OF_THE_API = {
    "episodes": "episode_id",
    "decisions": "decision",
    "escalations": "escalation_id",
    "plans": "back_test_id",
}
OWN, FOREIGN, NOBODYS = "own", "foreign", "nobody's"


class World:
    """`people` by the column of the table; `value` fills an address with a row of theirs, of another, or of nobody."""

    def __init__(self):
        clinic, ended = make_clinic(), make_clinic("Old Mill Physio")
        self.clinic, self.elsewhere = clinic, make_clinic("Hill Road Physio")
        self.one = self._patient("Quilla Marsh", clinic)
        far = make_clinic("Lock Keeper Physio")
        make_clinician(far)
        self.other = self._patient("Bertil Oak", far)
        share(self.one["patient"], ended)
        self.one["patient"].consents.filter(clinic=ended).update(withdrawn_at=NOW)
        self.people = {"stranger": None, **self._people(clinic, ended)}
        self._fill_in()
        self.sessions = {name: self._signed_in(person) for name, person in self.people.items() if person}
        self.confirmed = {name: self._signed_in(person, True) for name, person in self.people.items() if person}
        self.people["closed"].is_active = False
        self.people["closed"].save()
        told = (self.one["patient"].display_name, self.one["patient"].email, self.one["episode_id"], self.one["key"])
        self.marks = [str(value).encode() for value in told]  # what only an answer about the patient holds

    def _people(self, clinic, ended) -> dict:
        lead, left, closed = make_clinician(clinic), make_clinician(clinic), make_clinician(clinic)
        lead.memberships.update(role=Membership.Role.LEAD)
        left.memberships.update(left_at=NOW, on_duty=False)
        people = {
            "patient": self.one["patient"],
            "other patient": self.other["patient"],
            "clinician": make_clinician(clinic),
            "lead": lead,
            "elsewhere": make_clinician(self.elsewhere),
            "emergency": make_clinician(self.elsewhere),
            "withdrawn": make_clinician(ended),
            "left": left,
            "admin": make_user("admin", is_superuser=True),
        }
        for person in people.values():
            if not person.is_patient:
                Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
        people["no factor"] = make_clinician(clinic)
        people["closed"] = closed
        return people

    def _patient(self, name, clinic) -> dict:
        """A patient with a day of the diary, a warning sign and the things only they have."""
        began = at(DAY_1)
        episode = open_episode(make_user(display_name=name), began)
        patient, key = episode.patient, uuid4()
        check_ins.record(patient, entry(DAY_1, key, red_flags=("RF05",)), began)
        share(patient, clinic)
        device = Device.objects.create(person=patient, name="Phone", digest=str(patient.pk), added_at=began)
        return {
            "patient": patient,
            "day": DAY_1,
            "episode_id": episode.pk,
            "key": key,
            "decision": Decision.objects.filter(episode=episode).latest("pk").pk,
            "escalation_id": Escalation.objects.get(episode=episode, code="RF05").pk,
            "device_id": device.pk,
            "key_id": tokens.issue(patient, began)[0].pk,
            "clinic_id": clinic.pk,
            "email": EmailAddress.objects.create(user=patient, email=patient.email, primary=True, verified=True).pk,
        }

    def _fill_in(self) -> None:
        admin, clinician = self.people["admin"], self.people["clinician"]
        for row, who in ((self.one, "emergency"), (self.other, "elsewhere")):
            asked = (row["patient"].email, "in_danger", "Found on the track.")
            row["access_id"] = emergencies.open_record(self.people[who], *asked, NOW).pk
        for row, owner in ((self.one, clinician), (self.other, self.people["lead"])):
            patient = row["patient"]
            threads.send(patient, patient, Clinic.objects.get(pk=row["clinic_id"]), "May I swim?", uuid4(), NOW)
            row["follow_up_id"] = FollowUp.objects.create(
                episode_id=row["episode_id"], owner=owner, key=uuid4(), text="Call", due_on=DAY_1, made_at=NOW
            ).pk
            patient, clinic = row["patient"], Clinic.objects.get(pk=row["clinic_id"])
            threads.send(patient, patient, clinic, "May I swim?", uuid4(), NOW)
            note = private_notes.write(Episode.objects.get(pk=row["episode_id"]), clinic, owner, "Swims.", uuid4(), NOW)
            row["note_id"] = note.pk
            words = handing_on.Words(clinic, "They will call you.", uuid4())
            row["referral_id"] = handing_on.refer(row["episode_id"], "Dr Vos", "Leg pain.", words, owner, NOW).pk
            row["limit_id"] = tightenings.tighten(
                row["episode_id"], MEDIAN, 2, "Slowly.", NOW.date() + timedelta(days=9), owner, NOW
            ).pk
            row["view_id"] = SavedView.objects.create(owner=owner, name="Mine", saved_at=NOW).pk
        draft = plans.start_draft(KEY, admin, NOW)
        self.plain = {
            "plan": KEY,
            "webauthn": 1,
            "code": "EX02",
            "kind": "json",
            "number": PlanVersion.objects.published().get().number,
            "phase": "rest",
            "slug": "hurt-and-harm",
            "message_id": OutboxMessage.objects.about(self.one["episode_id"]).first().pk,
            "back_test_id": asking.ask(draft, asking.EVERYBODY, None, NOW).pk,
            "trial_id": cohorts.ask(draft, patients=50, weeks=4, seed=1, by=None, now=NOW).pk,
            "token": invitations.invite(self.clinic, "new@example.test", clinician, NOW)[1],
            "secret": "x",
            "uidb36": "1",
            "app_label": "accounts",
            "content_type_id": 1,
            "url": "nowhere/",
        }

    def _signed_in(self, person, is_confirmed: bool = False) -> str:
        """The key of a session; of a confirmed one, they have said again who they are."""
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session[idle.FIRST] = session[idle.LAST] = NOW.timestamp()
        if is_confirmed:
            record_authentication(SimpleNamespace(session=session), person, "password", reauthenticated=True)
        session.save()
        return session.session_key

    def address(self, route: str, whose: str = OWN) -> str:
        """The route with a row of the patient, of the other patient, or of nobody in each of its places."""
        return CONVERTER.sub(lambda found: str(self._value(route, found[1], whose)), route)

    def _value(self, route: str, name: str, whose: str):
        name = _name_of_row(route, name)
        if name in self.plain:
            return self.plain[name]
        if name == "object_id":
            return self._row_of_staff_table(route)
        row = self.one if whose == OWN else self.other
        return row[name] if whose != NOBODYS else _nobodys(row[name])

    def _row_of_staff_table(self, route: str):
        if route.startswith("/staff/r/"):
            return self.one["patient"].pk
        model = apps.get_model(*route.split("/")[2:4])
        if model is type(self.one["patient"]):
            return self.one["patient"].pk
        return model._base_manager.values_list("pk", flat=True).first() or 1


def _name_of_row(route: str, name: str) -> str:
    """What a place called `pk` or `key` is about; the patient's own things are named as the rows are."""
    if name == "pk":
        return ROWS_OF_THE_API.get(route.split("/")[3], "webauthn")
    return "plan" if name == "key" and "/plans/" in route else name


def _nobodys(value):
    return uuid4() if isinstance(value, UUID) else value if isinstance(value, date) else 10**9
