"""A browser, a served stage and visitors."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import figures
from tests.browser.stage import served
from tests.browser.visitor import PHONE, SCREENS, Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def demo(tmp_path_factory, valkey, _smtp_server):
    """Backstride as in production, with the demo's people in it."""
    with served(Path(tmp_path_factory.mktemp("stage")), valkey.url, _smtp_server.url) as stage:
        yield stage


@pytest.fixture(scope="session")
def stage(demo):
    """What journeys share; a module whose journeys need the demo as it began asks for `own_stage` instead."""
    return demo


@pytest.fixture(scope="module")
def own_stage(tmp_path_factory, demo, valkey, _smtp_server):
    """The demo as it began, whatever other journeys did."""
    with served(Path(tmp_path_factory.mktemp("own")), valkey.url, _smtp_server.url, like=demo) as stage:
        yield stage


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, with a profile that is thrown away."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, stage):
    """`visit()` opens a window on a phone, `visit(DESK)` on a desk; a complaint of the browser fails the test."""
    visitors: list[Visitor] = []

    def open_window(size=PHONE, **how) -> Visitor:
        visitors.append(Visitor(browser, stage, size, **how))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.leave()


def pytest_runtest_logreport(report):
    """Keeps how each journey ended."""
    if report.when == "call" or report.failed:
        figures.went(report.nodeid, report.passed)


def pytest_terminal_summary(terminalreporter):
    """The promises of this run, below the tests."""
    lines = figures.table()
    if len(lines) > 1:
        terminalreporter.section("A phone in one hand: promised and seen")
        terminalreporter.write_line("\n".join(lines))
