"""The database itself refuses to change an emergency access or its review."""

from django.db import migrations

TABLES = ("recovery_emergencyaccess", "recovery_emergencyreview")
REFUSAL = "an emergency access is history: rows are only added"
POSTGRESQL_FUNCTION = f"""
create function backstride_emergency_is_history() returns trigger language plpgsql as
$$ begin raise exception '{REFUSAL}'; end $$
"""


def guard(apps, editor):
    """Rows go with an erased patient, but nobody changes one."""
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"create trigger {table}_no_change before update on {table} "
                "for each row execute function backstride_emergency_is_history()"
            )
        else:
            editor.execute(
                f"create trigger {table}_no_change before update on {table} begin select raise(abort, '{REFUSAL}'); end"
            )


class Migration(migrations.Migration):
    dependencies = [("recovery", "0030_emergency_access")]
    operations = [migrations.RunPython(guard, elidable=False)]
