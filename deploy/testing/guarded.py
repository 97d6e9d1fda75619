"""Tables whose rows the database itself refuses to remove, and how a test run gets rid of them."""

from contextlib import contextmanager

from django.db import connection

TABLES = ("accounts_auditevent", "accounts_auditedpatient")


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
        cursor.execute("select name, sql from sqlite_master where type = 'trigger' and tbl_name in (%s, %s)", TABLES)
        guards = cursor.fetchall()
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
