"""Celery only makes it quick: what could lose, double or hide work is switched off, and stays so."""

import ast
import inspect
from pathlib import Path

import pytest
from django.conf import settings

from deploy.celery import app

ROOT = Path(__file__).parents[2]
app.loader.import_default_modules()
OURS = {name: task for name, task in sorted(app.tasks.items()) if not name.startswith("celery.")}
ENTRIES = app.conf.beat_schedule.items()
SOURCES = [path for part in ("accounts", "recovery", "deploy") for path in (ROOT / part).rglob("*.py")]
FUTURES = {"eta", "countdown", "chord", "AsyncResult"}
# The calls that send anything: empty ticks, for now.
TICKS = {ROOT / "deploy" / "hints.py", ROOT / "recovery" / "tasks.py"}


def plain_seconds(entry: dict) -> bool:
    """Whether an entry says only: every so many seconds, without a word about which time is meant."""
    schedule, options = entry["schedule"], entry.get("options", {})
    return (
        isinstance(schedule, int | float)
        and set(entry) <= {"task", "schedule", "options"}
        and set(options) == {"expires"}
        and options["expires"] <= schedule
    )


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_a_beat_entry_is_plain_seconds_and_names_no_window(name, entry):
    assert plain_seconds(entry)


@pytest.mark.parametrize(
    "window",
    [
        {"schedule": 60, "args": ("the last minute",), "options": {"expires": 60}},
        {"schedule": 60, "kwargs": {"minutes": 1}, "options": {"expires": 60}},
        {"schedule": object(), "options": {"expires": 60}},
        {"schedule": 60},
        {"schedule": 60, "options": {"expires": 600}},
    ],
)
def test_an_entry_with_a_window_is_found(window):
    assert not plain_seconds({"task": "t", **window})


@pytest.mark.parametrize("name", OURS)
def test_a_task_is_told_nothing(name):
    """It looks for what is due and not done; nothing in the message could be lost or be too old."""
    assert not inspect.signature(OURS[name].run).parameters


@pytest.mark.parametrize("name", OURS)
def test_a_task_is_acknowledged_when_its_work_is_done(name):
    assert OURS[name].acks_late and OURS[name].reject_on_worker_lost and OURS[name].ignore_result


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return called | {word.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords}


def test_nothing_future_and_no_result_is_put_into_the_broker():
    guilty = {str(path): found for path in SOURCES if (found := names_in(path) & FUTURES)}
    assert guilty == {}


def test_only_the_hint_and_the_tasks_themselves_send_a_task():
    sending = {"send_task", "apply_async", "delay"}
    assert {path for path in SOURCES if names_in(path) & sending} == TICKS


def test_every_task_stands_in_the_line_it_belongs_to():
    assert {queue.name for queue in settings.CELERY_TASK_QUEUES} == {"urgent", "routine", "back_tests"}
    lines = {name: app.amqp.router.route({}, name)["queue"].name for name in OURS}
    assert lines == {
        "recovery.tasks.urgent": "urgent",
        "recovery.tasks.heartbeat": "urgent",
        "recovery.tasks.routine": "routine",
        "recovery.tasks.tidy": "routine",
        "recovery.tasks.back_test": "back_tests",
    }


def test_limits_stand_in_order():
    soft, hard = app.conf.task_soft_time_limit, app.conf.task_time_limit
    assert soft < hard < app.conf.broker_transport_options["visibility_timeout"]


def test_one_tick_at_a_time_in_plain_json_without_results():
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.accept_content == ["json"] and app.conf.task_serializer == "json"
    assert app.conf.result_backend is None and app.conf.task_ignore_result
    assert app.conf.enable_utc and app.conf.timezone == "UTC"
