"""A patient whose clinic has nobody left is told so, wherever it matters."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from recovery.models import Escalation
from tests import factories

from .conftest import DAY_5, words

NOBODY = "Nobody at Harbour Street Physio reads"


@pytest.fixture
def clinician(patient):
    clinic = factories.make_clinic(phone="020 1234")
    factories.share(patient, clinic)
    return factories.make_clinician(clinic)


@pytest.fixture
def alone(clinician):
    Membership.objects.filter(user=clinician).update(left_at=factories.at(DAY_5), on_duty=False)


def test_today_names_the_clinic_that_reads(page, episode, clinician):
    text = words(page.get(reverse("patient:today")))
    assert "Harbour Street Physio can read your diary" in text and NOBODY not in text


def test_today_says_that_nobody_there_reads_and_what_to_do(page, episode, alone):
    text = words(page.get(reverse("patient:today")))
    assert NOBODY in text and "Call them on 020 1234" in text
    assert "can read your diary" not in text


def test_the_settings_say_that_nobody_there_reads_and_what_to_do(page, episode, alone):
    text = words(page.get(reverse("patient:settings")))
    assert NOBODY in text and "Call them on 020 1234" in text and "nobody reads it there now" in text


def test_the_settings_say_so_to_somebody_who_shares_with_nobody(page, episode):
    text = words(page.get(reverse("patient:settings")))
    assert "Nobody is reading" in text and "Something feels wrong" in text


def test_the_settings_say_nothing_of_the_kind_while_somebody_reads(page, episode, clinician):
    text = words(page.get(reverse("patient:settings")))
    assert NOBODY not in text and "Nobody is reading" not in text


def test_who_looked_at_what_says_that_nobody_reads(page, episode, alone):
    assert NOBODY in words(page.get(reverse("accounts:who_looked")))


def test_a_notice_says_that_nobody_will_call(page, episode, alone):
    values = {"code": "E2", "urgency": "RT", "day": DAY_5, "raised_at": factories.at(DAY_5)}
    Escalation.objects.create(episode=episode, **values)
    assert "nobody will call you about it" in words(page.get(reverse("patient:today")))


def test_a_notice_says_nothing_of_the_kind_when_somebody_reads(page, episode, clinician):
    values = {"code": "E2", "urgency": "RT", "day": DAY_5, "raised_at": factories.at(DAY_5)}
    Escalation.objects.create(episode=episode, **values)
    assert "nobody will call you" not in words(page.get(reverse("patient:today")))


def test_the_stop_screen_does_not_claim_that_a_clinic_was_told(page, episode, alone, patient):
    factories.check_in(patient, DAY_5, red_flags=("RF01",))
    text = words(page.get(reverse("patient:stop")))
    assert NOBODY in text and "Please call someone yourself" in text
    assert "We sent Harbour Street Physio a message" not in text


def test_the_stop_screen_says_whom_we_told(page, episode, clinician, patient):
    factories.check_in(patient, DAY_5, red_flags=("RF01",))
    assert "We sent Harbour Street Physio a message" in words(page.get(reverse("patient:stop")))
