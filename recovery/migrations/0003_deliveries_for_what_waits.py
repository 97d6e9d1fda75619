"""Gives every message that was waiting when deliveries came its e-mail delivery."""

from django.db import migrations


def deliver_what_waits(apps, schema_editor):
    """A claim of the old kind is over: its sender is of the old release."""
    messages = apps.get_model("recovery", "OutboxMessage").objects.filter(state__in=["due", "claimed"])
    delivery = apps.get_model("recovery", "Delivery")
    rows = messages.values_list("pk", "priority", "due_at", "not_after", "attempts")
    delivery.objects.bulk_create(
        [
            delivery(message_id=pk, priority=priority, due_at=due_at, not_after=not_after, tries=tries)
            for pk, priority, due_at, not_after, tries in rows.iterator()
        ],
        batch_size=500,
    )
    messages.update(state="due")


class Migration(migrations.Migration):
    dependencies = [("recovery", "0002_deliveries")]

    operations = [migrations.RunPython(deliver_what_waits, migrations.RunPython.noop)]
