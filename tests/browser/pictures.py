"""Pictures of every page on a phone and on a desk, in light and dark; `make screenshots` takes them."""

import shutil
from pathlib import Path

import pytest

from tests.browser.test_every_page import ADMIN, CLINICIAN, EVERYBODY, PATIENT, RUNNER, episode_of
from tests.browser.visitor import DESK, PHONE, SCREENS, Visitor

CHOSEN = {"my-day-390-light": "today-phone", "decision-390-light": "decision-phone"}
DECIDED = """select d.day from recovery_decision d join recovery_episode e on d.episode_id = e.id
    join accounts_user u on e.patient_id = u.id where u.email = ? and d.outcome != 'no_check_in' order by d.day desc"""
STOPPED = {"stop": "/stop/", "today-stopped": "/today/", "mistake": "/stop/mistake/", "clearance": "/clearance/"}
MORE = {
    "my-day": "/today/",
    "check-in": "/check-in/",
    "waiting": "/waiting/",
    "offline": "/offline/",
}


def pictures(visitor: Visitor, pages: dict[str, str]) -> None:
    """One picture of each page in each theme; a page that is not there for this person is left out."""
    visitor.complains_of_refusals = False
    for name, path in pages.items():
        if not visitor.page.goto(path, wait_until="load").ok:
            continue
        for theme in ("light", "dark"):
            visitor.page.emulate_media(color_scheme=theme)
            visitor.keep_picture(name, theme)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pictures_of_every_page(visit, stage, size):
    pictures(visit(size), EVERYBODY)
    decided = {f"decision{place}": f"/decisions/{day}/" for place, (day,) in _few(stage)}
    pictures(visit(size).sign_in("runner@demo.test"), MORE | RUNNER | decided)
    pictures(visit(size).sign_in("redflag@demo.test"), STOPPED)
    record = f"/clinic/patients/{episode_of(stage, 'flare@demo.test')}/"
    at_clinic = CLINICIAN | {name: record + rest for name, rest in PATIENT.items()}
    pictures(visit(size).sign_in("clinician@demo.test"), at_clinic)
    pictures(visit(size).sign_in("admin@demo.test"), ADMIN)
    assert len(list(SCREENS.glob(f"*-{size['width']}-*.png"))) >= 40


def test_a_chosen_few_go_to_the_documents():
    for name, kept in CHOSEN.items():
        shutil.copy(SCREENS / f"{name}.png", Path("docs") / f"{kept}.png")


def _few(stage):
    """The newest decision, and two before it."""
    return zip(("", "-before", "-earlier"), stage.rows(DECIDED, "runner@demo.test"), strict=False)
