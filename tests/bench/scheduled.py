"""`python -m tests.bench.scheduled`: a million rows wait; a tick must pay for what is due, not for them."""

import os
import sys

import django
from django.core.management import call_command

MANY = int(os.environ.get("BENCH_SCHEDULED", "1000000"))
DUE = (0, 100, 10_000)
FILL = """
    INSERT INTO recovery_reminder (episode_id, slot, local_date, due_at, not_after, state, reason)
    SELECT gen_random_uuid(), 'daily', now()::date, at, at + interval '4 hours', 'due', ''
    FROM (SELECT {when} AS at FROM generate_series(1, %s) AS n) AS made
"""
LATER, NOW = "now() + interval '1 hour' + n * interval '1 second'", "now() - n * interval '1 millisecond'"


def main() -> None:
    """Prints the plan's cost with more and more due; ends with 1 when it does not go by the partial index."""
    django.setup()
    from django.db import connection
    from django.utils import timezone

    from recovery.models import Reminder

    call_command("migrate", verbosity=0)
    by_index = True
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # these rows belong to nobody
        cursor.execute(FILL.format(when=LATER), [MANY])
        print(f"\nPostgreSQL, {MANY} reminders scheduled for later")
        for due in DUE:
            cursor.execute("DELETE FROM recovery_reminder WHERE due_at <= now()")
            cursor.execute(FILL.format(when=NOW), [due])
            cursor.execute("ANALYZE recovery_reminder")
            now = timezone.now()
            rows = Reminder.objects.filter(state="due", due_at__lte=now).order_by("due_at")
            by_index &= _tell(f"{due} due", rows.values_list("pk", flat=True)[:200], "due_reminders_by_instant")
    sys.exit(0 if by_index else 1)


def _tell(what: str, rows, index: str) -> bool:
    plan = rows.explain(analyze=True, buffers=True)
    cost = plan.split("cost=")[1].split()[0].split("..")[1]
    took = plan.rpartition("Execution Time: ")[2].split()[0]
    hits = plan.split("shared hit=")[1].split()[0] if "shared hit=" in plan else "0"
    named = index if index in plan else "-"
    print(f"  {what:32} cost {cost:>9}  {took:>8} ms  {hits:>6} pages  by {named}")
    return index in plan


if __name__ == "__main__":
    main()
