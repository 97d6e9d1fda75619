"""Gives what was open when climbing came its steps, and those who had taken something their place."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def say_who_has_it(apps, schema_editor):
    escalations = apps.get_model("recovery", "Escalation").objects
    taken = apps.get_model("recovery", "Acknowledgement").objects.order_by("pk")
    for escalation, person, at in list(taken.values_list("escalation_id", "made_by_id", "made_at")):
        escalations.filter(pk=escalation).exclude(status="open").update(taken_by_id=person, taken_at=at)


def give_steps(apps, schema_editor):
    """Everybody at the clinic and the admins a day from now; what was taken comes back a week from now."""
    now = timezone.now()
    told = apps.get_model("recovery", "Escalation").objects.exclude(status="resolved").exclude(urgency="AD")
    for row in list(told):
        after, audience = (A_DAY, "admins") if row.status == "open" else (A_WEEK, "back")
        row.next_step_at = now + after
        row.schedule = [
            {"at": row.raised_at.isoformat(), "to": "duty"},
            {"at": row.next_step_at.isoformat(), "to": audience},
        ]
        row.steps_taken = 1
        row.save(update_fields=["schedule", "steps_taken", "next_step_at"])


class Migration(migrations.Migration):
    dependencies = [("recovery", "0010_climbing")]

    operations = [
        migrations.RunPython(say_who_has_it, migrations.RunPython.noop),
        migrations.RunPython(give_steps, migrations.RunPython.noop),
    ]
