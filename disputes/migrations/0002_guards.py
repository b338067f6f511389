"""What was said, given and decided is never changed."""

from django.db import migrations

from backoffice.common.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("disputes", "0001_initial")]
    operations = [
        append_only("disputes_message"),
        append_only("disputes_evidence"),
        append_only("disputes_decision"),
    ]
