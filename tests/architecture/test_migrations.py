"""The release before runs on the new tables, so that an upgrade stops nobody and can be taken back."""

import pytest
from django.db import migrations, models

from deploy.testing.migrations import faults, faults_of


def test_the_release_before_runs_on_the_new_tables():
    found = faults()
    assert not found, "\n".join(found)


ROW = models.CharField(max_length=3, default="x")


@pytest.mark.parametrize(
    ("operations", "words"),
    [
        ([migrations.RemoveField("row", "name")], "one release later"),
        ([migrations.RenameField("row", "name", "title")], "one release later"),
        ([migrations.DeleteModel("row")], "one release later"),
        ([migrations.AddField("row", "name", ROW)], "db_default or null"),
        (
            [migrations.AddField("row", "n", models.IntegerField(null=True)), migrations.RunPython(print)],
            "at once",
        ),
    ],
)
def test_what_it_would_stumble_over_is_refused_with_a_sentence(operations, words):
    assert any(words in fault for fault in faults_of(operations))


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField("row", "name", models.CharField(max_length=3, db_default="x"))],
        [migrations.AddField("row", "name", models.CharField(max_length=3, null=True))],
        [migrations.CreateModel("row", [("name", ROW)]), migrations.AddField("row", "other", ROW)],
        [migrations.RunPython(print)],
    ],
)
def test_what_it_does_not_notice_is_allowed(operations):
    assert not list(faults_of(operations))
