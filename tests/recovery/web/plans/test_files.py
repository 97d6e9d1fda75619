"""A plan goes out as a file and comes back the same; what is no plan is listed and nothing is written."""

import copy

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from recovery.models import PlanVersion
from recovery.services.plan_documents import document_of
from recovery.services.plan_files import LARGEST, as_yaml
from tests.lives import shipped_document

from .pages import address, fields

pytestmark = pytest.mark.django_db


def bring_in(browser, raw: bytes, **changes):
    """Sends a file the way the page does."""
    seen = {name: values[0] for name, values in fields(browser, address("file")).items() if name == "revision"}
    return browser.post(address("file"), {**seen, "file": SimpleUploadedFile("plan.yaml", raw), **changes})


def words(page) -> str:
    return " ".join(page.content.decode().split())


def test_a_version_comes_back_as_a_draft_byte_for_byte(plan, browser):
    out = browser.get(address("version_file", 1))
    assert out["Content-Disposition"] == 'attachment; filename="lower-back-running-1.yaml"'
    assert bring_in(browser, out.content).status_code == 302
    assert browser.get(address("draft_file")).content == out.content
    assert not browser.get(address("draft")).content.decode().count("is-changed")


def test_a_file_takes_the_place_of_the_draft(draft, browser):
    document = copy.deepcopy(document_of(draft))
    document["phases"][0]["goal"] = "Take it easy for a day or two."
    assert bring_in(browser, as_yaml(document)).status_code == 302
    assert document_of(PlanVersion.objects.drafts().get()) == document


def test_the_shipped_file_itself_is_welcome(plan, browser):
    assert bring_in(browser, yaml.safe_dump(shipped_document()).encode()).status_code == 302


def test_every_fault_of_a_plan_is_listed_with_its_place(draft, browser):
    document = copy.deepcopy(document_of(draft))
    document["thresholds"]["d_red"]["value"] = 99
    document["thresholds"]["e2_days"]["unit"] = "weeks"
    document["phases"][0]["advance"] = []
    page = bring_in(browser, as_yaml(document))
    said = words(page)
    assert page.status_code == 400 and "Nothing was changed" in said
    assert "thresholds.d_red" in said and "thresholds.e2_days" in said


BILLION = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"key: [", "this is not YAML"),
        (b"just words", "must hold one plan"),
        (b"- a\n- b\n", "must hold one plan"),
        (b"key: another-plan\n", "must be “lower-back-running”"),
        (BILLION, "references (&amp; and *) are not allowed"),
        (b"key: !!python/object/apply:os.system ['true']\n", "types (!) are not allowed"),
        (b"key: a\nkey: b\n", "stands here twice"),
        (b"[" * 500 + b"]" * 500, "lies this deep"),
        (b"key: 2026-99-99\n", "key"),
        (b"key: lower-back-running\nphases: 7\nthresholds: []\nexercises: x\n", "thresholds"),
        (b"# " + b"x" * LARGEST, "larger than 1000 kB"),
        (b"x" * 10_000_000, "larger than 1000 kB"),
        (b"\x00\x01", "this is not YAML"),
    ],
    ids=[
        "bytes", "broken", "words", "list", "other-plan", "laughs", "object", "twice", "deep", "date", "kinds", "large",
        "huge", "control",
    ],
)  # fmt: skip
def test_a_broken_huge_or_hostile_file_is_explained_and_nothing_is_written(plan, browser, raw, sentence):
    page = bring_in(browser, raw)
    assert page.status_code == 400 and sentence in words(page)
    assert not PlanVersion.objects.drafts().exists()


def test_no_file_is_said_at_the_field(plan, browser):
    assert browser.post(address("file"), {}).status_code == 400


def test_a_draft_changed_meanwhile_is_not_replaced(draft, browser, colleague):
    raw = browser.get(address("draft_file")).content
    PlanVersion.objects.filter(pk=draft.pk).update(revision=5)
    assert bring_in(browser, raw, revision="1").status_code == 409
    assert bring_in(browser, raw, revision="").status_code == 409
