"""What every answer tells the browser."""

import re

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import tokens
from tests.deploy.test_settings import PRODUCTION, python
from tests.factories import make_clinic, make_clinician, make_user

PAGES = ["/healthz", "/accounts/login/", "/not-there/", "/api/v1/panel/"]


@pytest.fixture
def headers_of(client, db):
    return lambda address: client.get(address).headers


@pytest.mark.parametrize("page", PAGES)
def test_nothing_inline_runs(headers_of, page):
    policy = headers_of(page)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe-(inline|eval)|https?:|data:|\*", policy)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_frames_us_follows_us_or_uses_the_camera(headers_of, page):
    headers = headers_of(page)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_staff_tables_have_the_strict_policy_too_and_bring_no_script_of_their_own(client, db):
    client.force_login(make_user(User.Role.ADMIN, is_superuser=True))
    clinic = make_clinic()
    make_clinician(clinic)
    for page in ("", "accounts/", "accounts/clinic/", "accounts/clinic/add/", f"accounts/clinic/{clinic.pk}/change/"):
        answer = client.get(f"/staff/{page}")
        assert answer.status_code == 200
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        scripts = re.findall(r"<script[^>]*>", answer.content.decode())
        assert scripts and all("recovery/js/app.js" in script and "nonce=" in script for script in scripts)


@pytest.mark.parametrize("page", PAGES)
def test_text_becomes_script_by_no_way_but_ours(headers_of, page):
    policy = headers_of(page)["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "'strict-dynamic'" in policy and "script-src 'self'" not in policy


def test_staff_sign_in_at_the_common_door(client, db):
    answer = client.get("/staff/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_what_somebody_signed_in_is_shown_is_kept_nowhere(client, db):
    clinician = make_clinician(make_clinic())
    assert "Cache-Control" not in client.get("/").headers
    client.force_login(clinician)
    for page in ("/clinic/", "/clinic/invitations/", "/accounts/email/", "/not-there/", "/api/v1/panel/"):
        assert "no-store" in client.get(page).headers["Cache-Control"], page


def test_what_a_program_with_a_key_is_told_is_kept_nowhere_either(client, db):
    for key in (tokens.issue(make_clinician(make_clinic()), timezone.now())[1], "wrong"):
        answer = client.get("/api/v1/panel/", headers={"Authorization": f"Bearer {key}"})
        assert "no-store" in answer.headers["Cache-Control"]


def test_in_production_no_other_host_can_plant_a_cookie():
    told = "from deploy import settings; print(*(v for k, v in vars(settings).items() if k.endswith('COOKIE_NAME')))"
    names = python("-c", told, **PRODUCTION).stdout.split()
    assert len(names) == 4 and all(name.startswith("__Host-") for name in names)
