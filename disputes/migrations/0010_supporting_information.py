"""What a side adds unasked while staff decide is told apart from evidence that was asked for."""

from django.db import migrations, models

from backoffice.common.triggers import guard_again


class Migration(migrations.Migration):
    dependencies = [("disputes", "0009_saved_views")]
    operations = [
        migrations.AddField(
            "evidence", "supporting", models.BooleanField(db_default=False, default=False)
        ),
        guard_again("disputes_evidence"),
    ]
