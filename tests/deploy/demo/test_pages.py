"""Whatever goes wrong in the demo, nobody is shown a trace."""

import pytest
from django.urls import path

from deploy.urls import urlpatterns as all_others


def breaks(request):
    raise RuntimeError("the inner details")


urlpatterns = [path("breaks/", breaks), *all_others]


@pytest.fixture
def browser(client, settings, db):
    settings.DEBUG = True
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["deploy.demo.pages.CalmErrors", *settings.MIDDLEWARE]
    settings.DEFAULT_EXCEPTION_REPORTER = "deploy.demo.pages.CalmReporter"
    client.raise_request_exception = False
    return client


def test_a_failure_shows_our_page(browser):
    answer = browser.get("/breaks/")
    assert answer.status_code == 500
    assert b"inner details" not in answer.content
    assert b"Something went wrong on our side." in answer.content


def test_an_unknown_address_shows_our_page(browser):
    answer = browser.get("/not-there/")
    assert answer.status_code == 404
    assert b"urlpatterns" not in answer.content
    assert b"This page is not here." in answer.content
