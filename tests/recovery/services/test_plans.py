"""A plan is edited as a draft, published as a version, and never changed afterwards."""

import copy

import pytest

from recovery.models import AppendOnlyError, Phase, PlanVersion
from recovery.services import plans
from recovery.services.plan_documents import document_of
from recovery.services.plan_specs import spec_of
from recovery.services.refusals import Conflict, Refused
from tests.factories import DAY_1, at, load_plan, make_user, open_episode, shipped_document

pytestmark = pytest.mark.django_db
NOW = at(DAY_1, 9)


@pytest.fixture
def draft():
    load_plan()
    return plans.start_draft("lower-back-running", make_user("admin"), NOW)


def changed(draft, **changes):
    document = copy.deepcopy(document_of(draft))
    document.update(changes)
    return document


def test_loading_the_shipped_plan_twice_changes_nothing():
    first, is_new = plans.load(shipped_document(), NOW)
    again, is_new_again = plans.load(shipped_document(), NOW)
    assert (is_new, is_new_again, again.pk) == (True, False, first.pk)


def test_a_stored_version_reads_back_as_the_rules_need_it():
    version = load_plan()
    assert [phase.key for phase in spec_of(version.pk).phases] == [p["key"] for p in shipped_document()["phases"]]
    assert document_of(version)["thresholds"] == shipped_document()["thresholds"]


def test_the_shipped_plan_is_marked_as_not_yet_approved():
    assert load_plan().approval_note == "Default, to be approved by a clinician"


def test_a_draft_starts_as_a_copy_of_the_newest_version(draft):
    assert document_of(draft) == document_of(draft.based_on)


def test_there_is_one_draft_at_a_time(draft):
    assert plans.start_draft("lower-back-running", make_user("admin"), NOW) == draft


def test_an_edit_is_kept_and_numbered(draft):
    document = changed(draft)
    document["phases"][0]["goal"] = "Take it easy for a day or two."
    edited = plans.edit(draft.pk, document, draft.revision, make_user("admin"), NOW)
    assert edited.phases.first().goal == "Take it easy for a day or two."
    assert edited.revision == draft.revision + 1


def test_the_second_of_two_editors_is_refused_and_nothing_is_written(draft):
    document = changed(draft)
    plans.edit(draft.pk, document, draft.revision, make_user("admin"), NOW)
    document["phases"][0]["goal"] = "Mine."
    with pytest.raises(Conflict, match="Somebody else changed this draft"):
        plans.edit(draft.pk, document, draft.revision, make_user("admin"), NOW)
    assert not Phase.objects.filter(goal="Mine.").exists()


def without_a_phase(document):
    document["phases"] = document["phases"][1:]


def with_an_unknown_exercise(document):
    document["prescriptions"]["rest"][0]["exercise"] = "EX99"


def with_a_threshold_out_of_range(document):
    document["thresholds"]["d_red"]["value"] = 9


def with_a_phase_without_exercise(document):
    document["prescriptions"]["rest"] = []


def with_a_nameless_exercise(document):
    del document["exercises"][0]["name"]


def with_one_code_twice(document):
    document["exercises"].append(dict(document["exercises"][0]))


def with_a_shapeless_library(document):
    document["exercises"] = "all of them"


def with_an_eighth_weekday(document):
    document["prescriptions"]["rest"][0]["days"] = ["someday"]


def without_a_dose(document):
    document["prescriptions"]["rest"][0]["dose"] = {}


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (with_a_nameless_exercise, "EX01 needs a name"),
        (with_one_code_twice, "EX01 stands in the library twice"),
        (with_a_shapeless_library, "must be a list"),
        (with_an_eighth_weekday, "a day that does not exist"),
        (without_a_dose, "no dose"),
        (without_a_phase, "rest"),
        (with_an_unknown_exercise, "EX99"),
        (with_a_threshold_out_of_range, "d_red"),
        (with_a_phase_without_exercise, "no exercise"),
    ],
)
def test_a_draft_the_rules_cannot_use_is_refused_with_the_place(draft, spoil, sentence):
    document, before = changed(draft), document_of(draft)
    spoil(document)
    with pytest.raises(Refused, match=sentence):
        plans.edit(draft.pk, document, draft.revision, make_user("admin"), NOW)
    assert document_of(draft) == before


def test_publishing_makes_the_next_version_and_running_episodes_stay_on_theirs(draft):
    episode = open_episode()
    published = plans.publish(draft.pk, draft.revision, make_user("admin"), NOW)
    episode.refresh_from_db()
    assert (published.number, published.status) == (2, "published")
    assert episode.plan_version.number == 1
    assert open_episode().plan_version == published


def test_a_published_version_never_changes():
    version = load_plan()
    with pytest.raises(AppendOnlyError):
        version.phases.first().save()
    with pytest.raises(AppendOnlyError):
        version.phases.update(goal="")
    with pytest.raises(Refused, match="never changes"):
        plans.edit(version.pk, document_of(version), version.revision, make_user("admin"), NOW)


def test_a_discarded_draft_leaves_the_published_version(draft):
    plans.discard(draft.pk, draft.revision)
    assert list(PlanVersion.objects.values_list("number", flat=True)) == [1]
