"""What the environment must say, and what a visitor's browser is told."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from deploy import environment

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SECRET_KEY": "Yx3-not-a-real-key-0123456789-abcdefghijklmnopqrstuvwxyz",
    "AUDIT_KEY": "Kq7-not-a-real-key-either-0123456789-abcdefghijklmnopqrst",
    "DATA_KEYS": "Zw9-not-a-real-key-at-all-0123456789-abcdefghijklmnopqrs",
    "SITE_URL": "https://back.example.org",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "DATABASE_URL": "sqlite:///:memory:",
}


def python(*command, **env):
    """Python in the project's folder, with this environment and nothing else."""
    everything = {"PATH": "/usr/bin:/bin", **env}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=everything, capture_output=True, text=True)


def manage(*command, **env):
    """manage.py with this environment and nothing else."""
    return python("manage.py", *command, **env)


def test_production_settings_pass_the_deployment_check():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "AUDIT_KEY", "DATA_KEYS", "SITE_URL", "REDIS_URL"])
def test_a_missing_variable_is_one_sentence_of_advice(name):
    refused = manage("check", **{key: value for key, value in PRODUCTION.items() if key != name})
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{name} is not set: ")
    assert len(refused.stderr.splitlines()) == 1


UNSAFE = {
    "SECRET_KEY is too short": {"SECRET_KEY": "short"},
    "DATA_KEYS is too short": {"DATA_KEYS": PRODUCTION["DATA_KEYS"] + ",short"},
    "AUDIT_KEY and SECRET_KEY are the same": {"AUDIT_KEY": PRODUCTION["SECRET_KEY"]},
    "DEBUG=1 shows strangers": {"DEBUG": "1"},
    "SECRET_KEY_FILE: /not/there cannot be read": {"SECRET_KEY_FILE": "/not/there"},
    "SECRET_KEY is an example and no secret": {"SECRET_KEY": "only-for-development-and-tests-never-in-production"},
    "AUDIT_KEY is an example and no secret": {"AUDIT_KEY": "ab" * 40},
    "SITE_URL is 'http://back.example.org'": {"SITE_URL": "http://back.example.org"},
    "ALLOWED_HOSTS has a star": {"ALLOWED_HOSTS": "*.example.org"},
    "METRICS_TOKEN is too short": {"METRICS_TOKEN": "letmein"},
    "SMS_INCOMING_SECRET is too short": {"SMS_INCOMING_SECRET": "letmein"},
    "DEMO=1 lets people in": {"DEMO": "1"},
}


@pytest.mark.parametrize("sentence", UNSAFE)
def test_an_unsafe_start_is_refused_with_a_sentence(sentence):
    refused = manage("check", **{**PRODUCTION, **UNSAFE[sentence]})
    assert refused.returncode == 1 and refused.stderr.startswith(sentence), refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_secret_others_can_read_is_refused_and_one_of_one_s_own_is_taken(tmp_path):
    file = tmp_path / "key"
    file.write_text(PRODUCTION["SECRET_KEY"] + "\n")
    env = {**PRODUCTION, "SECRET_KEY": "", "SECRET_KEY_FILE": str(file)}
    file.chmod(0o644)
    assert "others can read" in manage("check", **env).stderr
    file.chmod(0o600)
    assert manage("check", **env).returncode == 0


def test_a_folder_that_cannot_be_written_to_is_one_sentence():
    refused = manage("check", **{**PRODUCTION, "DATABASE_URL": "", "DATA_DIR": "/dev/null/data"})
    assert refused.stderr.startswith("The folder /dev/null/data cannot be written to")
    assert len(refused.stderr.splitlines()) == 1


def test_a_missing_module_is_one_sentence():
    refused = python("-S", "manage.py", "check")
    assert refused.stderr == "The python module django is missing: run `make venv`, then use .venv/bin/python.\n"


def test_a_switch_is_on_or_off(monkeypatch):
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="DEBUG is 'maybe': set it to 1 or 0"):
        environment.flag("DEBUG")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("smtp://127.0.0.1:1025", {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1025, "EMAIL_USE_TLS": False}),
        ("smtps://me:a%40b@mail.test", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_HOST_PASSWORD": "a@b"}),
        ("smtp://mail.test:587?starttls=1", {"EMAIL_USE_TLS": True, "EMAIL_USE_SSL": False}),
    ],
)
def test_a_mail_server_is_read_from_one_address(address, says):
    assert says.items() <= environment.mail_server(address).items()


def test_a_mail_server_s_address_names_a_server():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL is not a mail server's address"):
        environment.mail_server("mail.example.org")


def test_celery_spells_a_unix_socket_its_own_way():
    assert environment.broker_of("unix:///run/valkey.sock") == "redis+socket:///run/valkey.sock"
    assert environment.broker_of("redis://host:6379/0") == "redis://host:6379/0"
