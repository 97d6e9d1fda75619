"""Warning signs people ticked, and what they told of their health at the start, become sealed columns."""

from django.db import migrations

import accounts.models.sealed_json

LISTS = (("checkin", "red_flags"), ("intake", "red_flags"), ("intake", "cautions"), ("intake", "history"))
SIGNS = (("episode", "state"), ("decision", "state_after"), ("finding", "figures"), ("escalation", "figures"))


class Migration(migrations.Migration):
    dependencies = [("recovery", "0027_cohort_trials")]
    operations = [
        *(migrations.AlterField(model, name, accounts.models.sealed_json.SealedListField()) for model, name in LISTS),
        *(
            migrations.AlterField(model, name, accounts.models.sealed_json.SealedSignsField(default=dict))
            for model, name in SIGNS
        ),
    ]
