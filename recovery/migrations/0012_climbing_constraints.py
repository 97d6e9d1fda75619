from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recovery', '0011_climbs_of_what_is_open'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='taken_escalation_says_by_whom_and_when'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'acknowledged'), _negated=True), ('taken_by__isnull', False), _connector='OR'), name='acknowledged_escalation_says_who_has_it'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'open'), _negated=True), ('taken_by__isnull', True), _connector='OR'), name='nobody_has_an_open_escalation'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'resolved'), _negated=True), ('next_step_at__isnull', True), _connector='OR'), name='a_closed_escalation_climbs_no_more'),
        ),
    ]
