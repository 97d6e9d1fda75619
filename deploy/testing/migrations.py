"""What a migration may not do while the release before it still runs: that release knows nothing of it."""

from collections.abc import Iterator

from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

# The last migrations of the release before. Whoever makes a release writes the newest ones here.
RELEASED = {"accounts": "0007", "recovery": "0026"}
# Migrations that break a rule all the same, each with its reason.
ALLOWED: dict[str, str] = {}

GONE = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
CODE = (migrations.RunPython, migrations.RunSQL)
ADDS = (migrations.CreateModel, migrations.AddField, migrations.AlterField)


def faults() -> list[str]:
    """Everything in newer migrations that the release before could stumble over; empty when all is well."""
    found = []
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if name[:4] > RELEASED.get(app, "9999") and f"{app}.{name}" not in ALLOWED:
            found += [f"{app}.{name}: {fault}" for fault in faults_of(migration.operations)]
    return found


def faults_of(operations) -> Iterator[str]:
    """What is wrong with the operations of one migration, a sentence each."""
    made = {operation.name_lower for operation in operations if isinstance(operation, migrations.CreateModel)}
    for operation in operations:
        if isinstance(operation, GONE):
            yield f"{operation.describe()}: the release before still uses it; take it away one release later."
        is_new_column = isinstance(operation, migrations.AddField) and operation.model_name_lower not in made
        if is_new_column and not _may_be_left_out(operation.field):
            yield f"{operation.describe()}: rows of the release before lack it; give it db_default or null=True."
    if any(isinstance(each, CODE) for each in operations) and any(isinstance(each, ADDS) for each in operations):
        yield "changes tables and rows at once: fill rows in a migration of its own, a thousand at a time."


def _may_be_left_out(field) -> bool:
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED
