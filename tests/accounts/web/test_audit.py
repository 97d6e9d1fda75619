"""Every look at somebody else leaves a line, and they can read it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.services import people
from recovery.models import Decision, Escalation
from tests import factories as make
from tests.recovery.api.asking import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode():
    return make.open_episode(make.make_user(display_name="Marek"))


@pytest.fixture
def ours(episode):
    clinic = make.make_clinic()
    make.share(episode.patient, clinic)
    make.check_in(episode.patient, make.DAY_1, red_flags=("RF05",))
    return make.make_clinician(clinic, display_name="Priya Raman")


def lines() -> list[tuple]:
    """What the trail says since the last time it was asked."""
    return list(AuditEvent.objects.values_list("action", "what"))


def only_line() -> AuditEvent:
    return AuditEvent.objects.get()


PAGES = {
    "clinic:patient": lambda episode: [episode.pk],
    "clinic:escalation": lambda episode: [Escalation.objects.get(episode=episode, code="RF05").pk],
    "clinic:panel": lambda episode: [],
    "clinic:panel_csv": lambda episode: [],
    "clinic:override": lambda episode: [episode.pk],
}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_a_clinician_opens_leaves_one_line_with_the_patient(client, episode, ours, name):
    client.force_login(ours)
    assert client.get(reverse(name, args=PAGES[name](episode))).status_code == 200
    event = only_line()
    assert (event.action, event.what, event.actor, event.role) == ("read", name, ours.pk, "clinician")
    assert [row.patient for row in event.patients.all()] == [episode.patient_id]


ANSWERS = {
    "check_ins": lambda episode: "check-ins/",
    "episodes": lambda episode: "episodes/",
    "episode": lambda episode: f"episodes/{episode.pk}/",
    "decisions": lambda episode: "decisions/",
    "decision": lambda episode: f"decisions/{Decision.objects.get(episode=episode).pk}/",
    "escalations": lambda episode: "escalations/",
    "panel": lambda episode: "panel/",
    "messages": lambda episode: f"messages/?episode={episode.pk}",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_of_the_api_leaves_one_line_with_the_patient(episode, ours, name):
    assert Caller(ours).ask("GET", ANSWERS[name](episode)).status_code == 200
    event = only_line()
    assert (event.action, event.what, event.actor) == ("read", f"api:{name}", ours.pk)
    assert [row.patient for row in event.patients.all()] == [episode.patient_id]


def test_a_change_is_told_as_a_change(client, episode, ours):
    client.force_login(ours)
    client.post(reverse("clinic:care", args=[episode.pk]))
    assert lines() == [("acted", "clinic:care")]


def test_a_form_with_a_mistake_is_told_as_a_look_because_nothing_changed(client, episode, ours):
    client.force_login(ours)
    assert client.post(reverse("clinic:override", args=[episode.pk]), {"phase": "nowhere"}).status_code == 400
    assert lines() == [("read", "clinic:override")]


def test_a_patient_reading_their_own_diary_leaves_no_line(client, episode):
    client.force_login(episode.patient)
    client.get(reverse("patient:progress"))
    Caller(episode.patient).ask("GET", "check-ins/")
    assert lines() == []


def test_an_answer_that_shows_nobody_leaves_no_line(client):
    clinician = make.make_clinician(make.make_clinic())
    client.force_login(clinician)
    client.get(reverse("clinic:panel"))
    Caller(clinician).ask("GET", "plans/")
    assert lines() == []


def test_a_refused_look_leaves_a_line_with_what_was_asked_for(client, episode):
    client.force_login(make.make_clinician(make.make_clinic("Mill Lane")))
    client.get(reverse("clinic:patient", args=[episode.pk]))
    event = only_line()
    assert (event.action, event.what, event.details) == ("denied", "clinic:patient", f"episode_id={episode.pk}")


def test_a_page_that_refreshes_itself_is_one_look(client, episode, ours):
    client.force_login(ours)
    client.get(reverse("clinic:panel"))
    client.get(reverse("clinic:panel"), headers={"HX-Request": "true"})
    client.get(reverse("clinic:panel"))
    assert lines() == [("read", "clinic:panel")] * 2


def test_a_refresh_with_another_patient_in_it_is_another_look(client, episode, ours):
    client.force_login(ours)
    client.get(reverse("clinic:panel"))
    other = make.open_episode()
    make.share(other.patient, ours.memberships.get().clinic)
    client.get(reverse("clinic:panel"), headers={"HX-Request": "true"})
    assert len(lines()) == 2


def test_without_a_line_there_is_no_answer(client, episode, ours, monkeypatch):
    def refuse(*args, **options):
        raise RuntimeError("no space left")

    client.force_login(ours)
    monkeypatch.setattr("accounts.services.audit.record", refuse)
    client.raise_request_exception = False
    assert client.get(reverse("clinic:patient", args=[episode.pk])).status_code == 500


def test_an_admin_in_the_staff_tables_is_written_down(client, episode):
    admin = people.create_person("ada@example.test", User.Role.ADMIN)
    client.force_login(admin)
    client.get(reverse("admin:accounts_user_changelist"))
    client.get(reverse("admin:accounts_user_change", args=[episode.patient_id]))
    assert lines() == [("read", "admin:accounts_user_changelist"), ("read", "admin:accounts_user_change")]


def test_the_patient_reads_who_looked(client, episode, ours):
    client.force_login(ours)
    for _ in range(3):
        client.get(reverse("clinic:patient", args=[episode.pk]))
    client.force_login(episode.patient)
    page = client.get(reverse("accounts:who_looked")).content.decode()
    assert "Opened the diary and the plan" in page and "Priya Raman · Harbour Street Physio · 3 times" in page


def test_a_patient_reads_nothing_about_others(client, episode, ours):
    client.force_login(ours)
    client.get(reverse("clinic:patient", args=[episode.pk]))
    client.force_login(make.make_user())
    page = client.get(reverse("accounts:who_looked")).content.decode()
    assert "Nobody has looked" in page and "Priya" not in page


def test_whoever_leads_a_clinic_reads_what_its_people_opened_and_not_whose_it_was(client, episode, ours):
    client.force_login(ours)
    client.get(reverse("clinic:patient", args=[episode.pk]))
    lead = make.make_user("clinician")
    ours.memberships.get().clinic.memberships.create(user=lead, role="lead", joined_at=timezone.now())
    client.force_login(lead)
    page = client.get(reverse("accounts:who_looked")).content.decode()
    assert "Opened the diary and the plan" in page and "Priya Raman" in page and "Marek" not in page


def test_a_clinician_who_leads_nobody_finds_no_such_page(client, ours):
    client.force_login(ours)
    assert client.get(reverse("accounts:who_looked")).status_code == 404
