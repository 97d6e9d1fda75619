"""Reads settings from the environment and says in one sentence what is missing or wrong."""

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

LONG_ENOUGH = 50
TOKEN_LENGTH = 24
MANY_ENOUGH = 12  # different characters; fewer are no random text
EXAMPLES = ("only-for-development", "django-insecure", "changeme", "change-me", "example", "secret-key")
HERE = {"localhost", "testserver"}
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """A variable, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """A switch; off when unset."""
    value = text(name).lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to 1 or 0.")
    return value in TRUE


def number(name: str, default: int) -> int:
    """A whole number, zero or more."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to a whole number.")
    return int(value)


def items(name: str) -> list[str]:
    """A comma-separated list."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


def token(name: str) -> str:
    """A word programs show to be let in; empty lets nobody in, a short one would be guessed."""
    value = text(name)
    if value and len(value) < TOKEN_LENGTH:
        raise ImproperlyConfigured(f"{name} is too short: put {TOKEN_LENGTH} random characters there, or nothing.")
    return value


def starting_with(prefix: str) -> dict[str, str]:
    """Every variable with this beginning, by the rest of its name."""
    return {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix)}


def needed(name: str, advice: str) -> str:
    """A variable nobody can guess for you."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {advice}")
    return value


def secret(name: str, advice: str) -> str:
    """A long random text, from the variable or from the file that NAME_FILE names and only its owner can read."""
    path = text(f"{name}_FILE")
    value = _private(f"{name}_FILE", Path(path)) if path else needed(name, advice)
    for part in value.split(","):
        if len(part.strip()) < LONG_ENOUGH:
            raise ImproperlyConfigured(f"{name} is too short to be a secret: {advice}")
        if len(set(part.strip())) < MANY_ENOUGH or any(word in part.lower() for word in EXAMPLES):
            raise ImproperlyConfigured(f"{name} is an example and no secret: {advice}")
    return value


def _private(name: str, path: Path) -> str:
    try:
        if path.stat().st_mode & 0o077:
            raise ImproperlyConfigured(f"{name}: others can read {path}; run chmod 600 on it.")
        return path.read_text().strip()
    except OSError as problem:
        raise ImproperlyConfigured(f"{name}: {path} cannot be read: {problem.strerror}.") from problem


def all_different(**secrets: str) -> None:
    """Whoever gets hold of one secret must not hold another with it."""
    for name, value in secrets.items():
        for other, same in secrets.items():
            if name < other and set(value.split(",")) & set(same.split(",")):
                raise ImproperlyConfigured(f"{name} and {other} are the same: make another one for each.")


def stays_at_home(*hosts: str) -> None:
    """Refuses to show what goes wrong inside to anybody but the person at this machine."""
    for host in hosts:
        if not _is_here(host):
            raise ImproperlyConfigured(f"DEBUG=1 shows strangers what goes wrong inside: unset it to serve {host}.")


def _is_here(host: str) -> bool:
    name = host.strip("[]")
    return name in HERE or name.endswith(".localhost") or (is_bare_address(name) and ip_address(name).is_loopback)


def public_address(name: str, address: str) -> str:
    """An address people open: encrypted, unless it leads to this machine alone."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(parts.hostname or "")):
        raise ImproperlyConfigured(f"{name} is {address!r}: write it with https://, as in https://back.example.org.")
    return address


def named_hosts(name: str) -> list[str]:
    """The hosts to answer for; a star would answer for anybody's, with links in letters that lead to theirs."""
    hosts = items(name)
    if any("*" in host for host in hosts):
        raise ImproperlyConfigured(f"{name} has a star: name each host, such as back.example.org.")
    return hosts


def folder(path: Path) -> Path:
    """The folder, made if need be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(f"The folder {path} cannot be written to: set DATA_DIR to another.") from problem
    return path


def mail_server(address: str) -> dict:
    """Django's EMAIL_* settings from `smtp://user:password@host:port`; `smtps://` or `?starttls=1` for encryption."""
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL is not a mail server's address: write it as smtp://user:password@host:587?starttls=1."
        )
    implicit_tls = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit_tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit_tls,
        "EMAIL_USE_TLS": parse_qs(parts.query).get("starttls", ["0"])[0] in TRUE,
        "EMAIL_TIMEOUT": 10,
    }


def is_bare_address(host: str) -> bool:
    """Whether a host is a number, such as 127.0.0.1, and not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def broker_of(redis_url: str) -> str:
    """Celery's spelling of a Redis address: it calls a unix socket `redis+socket://`."""
    return redis_url.replace("unix://", "redis+socket://", 1) if redis_url.startswith("unix://") else redis_url


def database(address: str) -> dict:
    """The database at an address, set up so that what is accepted stays."""
    found = dj_database_url.parse(address)
    if found["ENGINE"].endswith("sqlite3"):
        # FULL: an accepted check-in survives a power cut. IMMEDIATE: two writers queue instead of failing.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;",
        }
    else:
        found["CONN_HEALTH_CHECKS"] = True
    # Kept open: closing SQLite's last connection empties the write-ahead log, at several times a check-in's own cost.
    found["CONN_MAX_AGE"] = None
    return found


def text_messages() -> dict:
    """How a provider of text messages is asked: any that takes one HTTP request for each message."""
    found = {
        "URL": text("SMS_URL"),
        "FORMAT": text("SMS_FORMAT", "form"),  # or json
        "FIELDS": items("SMS_FIELDS") or ["To", "From", "Body"],
        "FROM": text("SMS_FROM"),
        "USER": text("SMS_USER"),
        "PASSWORD": text("SMS_PASSWORD"),
        "TOKEN": text("SMS_TOKEN"),
        "REFERENCE": text("SMS_REFERENCE", "sid"),
        "INCOMING_SECRET": token("SMS_INCOMING_SECRET"),
    }
    if len(found["FIELDS"]) != 3 or found["FORMAT"] not in ("form", "json"):
        raise ImproperlyConfigured("SMS_FIELDS names three fields, such as To,From,Body; SMS_FORMAT is form or json.")
    return found
