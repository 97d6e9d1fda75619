"""Keys from before there were scopes keep what they could do."""

from django.db import migrations

EVERYTHING = {
    "patient": "read_check_ins write_check_ins read_plans",
    "clinician": "read_patients act_for_patients read_plans",
    "admin": "read_plans write_plans",
}


def keep(apps, editor):
    for role, scopes in EVERYTHING.items():
        apps.get_model("accounts", "ApiToken").objects.filter(user__role=role).update(scopes=scopes)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_token_scopes")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
