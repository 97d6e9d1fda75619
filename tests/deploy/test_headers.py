"""What every answer tells the browser."""

import re

import pytest

from accounts.models import User
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


def test_only_the_staff_tables_may_compile_expressions(client, db):
    client.force_login(make_user(User.Role.ADMIN, is_superuser=True))
    assert "'unsafe-eval'" in client.get("/staff/").headers["Content-Security-Policy"]
    assert "'unsafe-eval'" not in client.get("/staffroom/").headers["Content-Security-Policy"]


def test_staff_sign_in_at_the_common_door(client, db):
    answer = client.get("/staff/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_what_somebody_signed_in_is_shown_is_kept_nowhere(client, db):
    clinician = make_clinician(make_clinic())
    assert "Cache-Control" not in client.get("/").headers
    client.force_login(clinician)
    for page in ("/clinic/", "/clinic/invitations/", "/accounts/email/", "/not-there/", "/api/v1/panel/"):
        assert "no-store" in client.get(page).headers["Cache-Control"], page


def test_in_production_no_other_host_can_plant_a_cookie():
    told = "from deploy import settings; print(*(v for k, v in vars(settings).items() if k.endswith('COOKIE_NAME')))"
    names = python("-c", told, **PRODUCTION).stdout.split()
    assert len(names) == 4 and all(name.startswith("__Host-") for name in names)
