"""Events are appended and nothing else, whoever asks."""

from django.db import migrations

from backoffice.common.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_event")]
