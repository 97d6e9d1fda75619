"""Every Celery task, run twice, has done no more than once: found by looking, so a new task is covered at once."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail

from deploy.celery import app
from tests.factories import DAY_1, at, load_plan, make_clinic, make_clinician, make_user, open_episode, share

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))
SILENT_SINCE = at(DAY_1) + timedelta(days=9)


def everything():
    """Every row of every table of ours."""
    models = [model for name in ("accounts", "recovery") for model in apps.get_app_config(name).get_models()]
    return {model: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.fixture
def a_silent_patient(db):
    """Somebody for every task to act on: reminders due, days unanswered, messages waiting."""
    load_plan()
    clinic = make_clinic()
    make_clinician(clinic)
    patient = make_user()
    share(patient, clinic)
    return open_episode(patient)


def test_there_are_tasks():
    assert TASKS


def test_beat_calls_only_tasks_that_exist():
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(TASKS)


@pytest.mark.parametrize("name", TASKS)
def test_a_task_run_twice_changes_nothing_more(name, a_silent_patient):
    with time_machine.travel(SILENT_SINCE, tick=False):
        for every in TASKS:
            app.tasks[every]()
        app.tasks[name]()
        once, sent = everything(), len(mail.outbox)
        app.tasks[name]()
    assert everything() == once
    assert len(mail.outbox) == sent
