import pytest
import time_machine
from django.core.cache import cache

from tests.factories import DAY_1, at, make_clinic, make_clinician, open_episode, share

from .asking import Caller


@pytest.fixture(autouse=True)
def _nobody_is_throttled(settings):
    cache.clear()
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {}}


@pytest.fixture
def clock():
    """The evening of the first day; `clock.move_to` makes it later."""
    with time_machine.travel(at(DAY_1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def episode(db, clock):
    return open_episode()


@pytest.fixture
def patient(episode):
    return episode.patient


@pytest.fixture
def phone(patient):
    return Caller(patient)


@pytest.fixture
def clinician(patient):
    clinic = make_clinic()
    share(patient, clinic)
    return make_clinician(clinic)


@pytest.fixture
def desk(clinician):
    return Caller(clinician)
