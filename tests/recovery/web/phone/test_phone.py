"""The phone app's own addresses: installable, served from the root, and nobody's."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from accounts.services.marks import NOBODY, mark_of
from recovery.web.phone import shell
from recovery.web.phone.headers import PERSON
from tests.factories import make_user


def is_there(address: str) -> bool:
    return finders.find(address.removeprefix(static(""))) is not None


def test_the_manifest_names_where_it_opens_and_icons_that_exist(client):
    answer = client.get(reverse("phone:manifest"))
    manifest = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/today/", "/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert all(is_there(icon["src"]) for icon in manifest["icons"])


def test_the_worker_answers_for_every_page_and_is_never_stale(client):
    answer = client.get(reverse("phone:service_worker"))
    assert reverse("phone:service_worker").count("/") == 1
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_worker_keeps_only_what_exists(client):
    kept = json.loads(re.search(rb"start\((.*)\);", client.get(reverse("phone:service_worker")).content)[1])
    assert all(is_there(address) for address in kept["files"])
    assert all(client.get(page).status_code == 200 for page in kept["pages"])


def test_another_release_is_another_version(monkeypatch):
    before = shell.shell()["version"]
    monkeypatch.setattr(shell, "FILES", shell.FILES[1:])
    shell._version.cache_clear()
    assert shell.shell()["version"] != before
    shell._version.cache_clear()


@pytest.mark.django_db
def test_every_page_says_whose_it_is(client):
    assert client.get("/").headers[PERSON] == NOBODY
    person = make_user()
    client.force_login(person)
    assert client.get(reverse("patient:settings")).headers[PERSON] == mark_of(person)


@pytest.mark.django_db
def test_what_is_no_page_says_nothing(client):
    assert PERSON not in client.get(reverse("phone:manifest")).headers


def test_two_people_have_two_marks(db):
    one, other = make_user(), make_user()
    assert mark_of(one) == mark_of(one) != mark_of(other)
    assert str(one.pk) not in mark_of(one)


def test_every_module_that_another_one_loads_is_kept():
    """A page's own scripts are read off its tags; what those load in turn only this list names."""
    folder = Path(finders.find("recovery/js/app.js")).parent
    loaded = {
        f"recovery/js/{(script.parent / name).resolve().relative_to(folder)}"
        for script in [*folder.glob("*.js"), *(folder / "phone").glob("*.js")]
        for name in re.findall(r"from '(\./[\w/-]+\.js)'", script.read_text(encoding="utf-8"))
    }
    assert "recovery/js/alerts.js" in loaded and loaded <= set(shell.FILES)
