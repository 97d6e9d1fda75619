"""The schema is served to everybody and says what the code does."""

import json

import yaml
from django.core.management import call_command

from .asking import Caller, problem


def test_the_schema_is_valid_and_complete(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


def test_everybody_may_read_the_schema_as_yaml_or_json(db):
    as_yaml = yaml.safe_load(Caller().ask("GET", "schema/").content)
    as_json = json.loads(Caller().ask("GET", "schema/?format=json").content)
    assert as_yaml == as_json and as_json["openapi"].startswith("3.1")


def test_both_ways_of_signing_in_are_named(db):
    found = json.loads(Caller().ask("GET", "schema/?format=json").content)
    assert found["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
    assert "session" in found["components"]["securitySchemes"]
    assert found["paths"]["/api/v1/check-ins/"]["post"]["security"] == [{"token": []}, {"session": []}]


def test_nobody_is_turned_away_for_what_they_accept(db):
    assert Caller().ask("GET", "schema/", headers={"Accept": "text/html"}).status_code == 200
    problem(Caller().ask("GET", "schema/?format=xml"), 404)
    problem(Caller().ask("POST", "schema/", {}), 405)
