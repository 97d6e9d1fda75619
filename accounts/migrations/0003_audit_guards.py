"""The database itself refuses to change or delete a row of the audit trail."""

from django.db import migrations

TABLES = ("accounts_auditevent", "accounts_auditedpatient")
REFUSAL = "the audit trail is history: rows are only added"
POSTGRESQL_FUNCTION = f"""
create function backstride_audit_is_history() returns trigger language plpgsql as
$$ begin raise exception '{REFUSAL}'; end $$
"""


def guard(apps, editor):
    make = {"sqlite": on_sqlite, "postgresql": on_postgresql}[editor.connection.vendor]
    for statement in make():
        editor.execute(statement)


def on_sqlite():
    for table in TABLES:
        for act in ("update", "delete"):
            yield f"create trigger {table}_no_{act} before {act} on {table} begin select raise(abort, '{REFUSAL}'); end"


def on_postgresql():
    yield POSTGRESQL_FUNCTION
    for table in TABLES:
        yield (
            f"create trigger {table}_no_change before update or delete on {table} "
            "for each row execute function backstride_audit_is_history()"
        )
        yield (
            f"create trigger {table}_no_truncate before truncate on {table} "
            "for each statement execute function backstride_audit_is_history()"
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_audit")]
    operations = [migrations.RunPython(guard, elidable=False)]
