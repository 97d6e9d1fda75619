"""Notes and reasons written before there were keys are sealed as well, a thousand at a time."""

from django.db import migrations

COLUMNS = (("Acknowledgement", "note"), ("Clearance", "note"), ("Override", "reason"), ("Resolution", "note"))
PORTION = 1000


def seal(apps, editor):
    for name, column in COLUMNS:
        rows = apps.get_model("recovery", name).objects.exclude(**{column: ""}).order_by("pk")
        after = 0
        while portion := list(rows.filter(pk__gt=after).values_list("pk", column)[:PORTION]):
            for pk, text in portion:
                rows.filter(pk=pk).update(**{column: text})
            after = portion[-1][0]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("recovery", "0017_sealed_notes")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop, elidable=True)]
