"""Tables whose rows the database itself refuses to remove, and how a test run gets rid of them."""

from contextlib import contextmanager

from django.db import connection

PLANS = ("planversion", "threshold", "phase", "criterion", "runlevel", "exercise", "prescribedexercise")
TABLES = ("accounts_auditevent", "accounts_auditedpatient", *(f"recovery_{name}" for name in PLANS))


@contextmanager
def lifted():
    """Inside, the guards of those tables let rows be changed and removed."""
    lift, restore = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]()
    _run(lift)
    try:
        yield
    finally:
        _run(restore)


def _on_sqlite():
    with connection.cursor() as cursor:
        cursor.execute("select name, sql, tbl_name from sqlite_master where type = 'trigger'")
        guards = [(name, sql) for name, sql, table in cursor.fetchall() if table in TABLES]
    return [f'drop trigger "{name}"' for name, _ in guards], [sql for _, sql in guards]


def _on_postgresql():
    settled = "set constraints all immediate"  # a table with checks still to come cannot be altered
    switched = {
        switch: [settled, *(f"alter table {table} {switch} trigger user" for table in TABLES)]
        for switch in ("disable", "enable")
    }
    return switched["disable"], switched["enable"]


def _run(statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
