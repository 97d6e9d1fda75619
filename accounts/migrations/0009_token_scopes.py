"""Every key says what it opens; what an older release makes opens the least."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_emergencies")]
    operations = [
        migrations.AddField("apitoken", "scopes", models.CharField(db_default="read_plans", max_length=200)),
        migrations.AddConstraint(
            "apitoken", models.CheckConstraint(condition=~models.Q(scopes=""), name="token_says_what_it_opens")
        ),
    ]
