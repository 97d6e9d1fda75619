"""What was ticked before is sealed as well, and hashes of answers become marks, a thousand rows at a time."""

from django.db import migrations

from accounts.sealing import MARKED, mark

SEALED = (
    ("CheckIn", ("red_flags",)),
    ("Intake", ("red_flags", "cautions", "history")),
    ("Episode", ("state",)),
    ("Decision", ("state_after",)),
    ("Finding", ("figures",)),
    ("Escalation", ("figures",)),
)
NAMES = ("flags", "stop_flags", "cautions", "window")
PORTION = 1000


def seal(apps, editor):
    for name, columns in SEALED:
        rows = apps.get_model("recovery", name)._base_manager.order_by("pk")
        for pk, *values in portions(rows, columns):
            if any(isinstance(value, list) or names_signs(value) for value in values):
                rows.filter(pk=pk).update(**dict(zip(columns, values, strict=True)))
    check_ins = apps.get_model("recovery", "CheckIn")._base_manager.order_by("pk")
    for pk, found in portions(check_ins, ("body_hash",)):
        if not found.startswith(MARKED):
            check_ins.filter(pk=pk).update(body_hash=mark(found, "recovery_checkin.body_hash"))


def names_signs(value) -> bool:
    return isinstance(value, dict) and any(value.get(name) for name in NAMES)


def portions(rows, columns):
    """Each row's key and columns; begun again, it does no harm to what is sealed already."""
    after = None
    while portion := list((rows if after is None else rows.filter(pk__gt=after)).values_list("pk", *columns)[:PORTION]):
        yield from portion
        after = portion[-1][0]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("recovery", "0028_sealed_answers")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop, elidable=True)]
