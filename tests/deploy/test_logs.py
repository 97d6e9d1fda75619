"""A log line is one JSON object, and says nothing about a person."""

import json
import logging

from deploy.logs import logging_config


def line_of(**extra) -> dict:
    """What the JSON formatter makes of one record."""
    formatter = logging_config(as_json=True, level="INFO")["formatters"]["lines"]
    made = formatter.pop("()")(**formatter)
    record = logging.getLogger("recovery").makeRecord(
        "recovery", 20, "f", 1, "message %s", ("sent",), None, extra=extra
    )
    return json.loads(made.format(record))


def test_a_line_says_when_where_and_what():
    line = line_of()
    assert {"event": "message sent", "level": "info", "logger": "recovery"}.items() <= line.items()
    assert line["timestamp"].endswith("Z")


def test_a_line_leaves_the_request_and_a_task_s_arguments_out():
    assert not {"request", "args", "kwargs"} & set(line_of(request="/invitations/secret/", kwargs="nora@example.test"))
