"""What every answer tells the browser."""

import re

import pytest

from accounts.models import User
from tests.factories import make_user

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
