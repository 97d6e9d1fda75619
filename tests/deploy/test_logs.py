"""A log line is one JSON object, and says nothing about a person."""

import json
import logging
from types import SimpleNamespace

from deploy.logs import logging_config


def line_of(_request=None, msg="message %s", args=("sent",), **extra) -> dict:
    """What the JSON formatter makes of one record."""
    formatter = logging_config(as_json=True, level="INFO")["formatters"]["lines"]
    made = formatter.pop("()")(**formatter)
    record = logging.getLogger("recovery").makeRecord("recovery", 20, "f", 1, msg, args, None, extra=extra)
    return json.loads(made.format(record))


def test_a_line_says_when_where_and_what():
    line = line_of()
    assert {"event": "message sent", "level": "info", "logger": "recovery"}.items() <= line.items()
    assert line["timestamp"].endswith("Z")


def test_a_line_leaves_the_request_and_a_task_s_arguments_out():
    assert not {"request", "args", "kwargs"} & set(line_of(request="/invitations/secret/", kwargs="nora@example.test"))


def test_a_line_names_the_way_and_not_the_address_which_may_hold_a_secret(rf):
    request = rf.get("/invitations/a-secret-link/?q=nora")
    for match, words in (
        (SimpleNamespace(route="invitations/<str:token>/"), "/invitations/<str:token>/"),
        (None, "nowhere"),
    ):
        request.resolver_match = match
        line = line_of(request, msg="Gone: %s", args=(request.path,), request=request)
        assert "secret" not in json.dumps(line) and words in line["event"]
