"""What was stored stays as it is."""

from django.db import migrations

from backoffice.common.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [append_only("files_storedfile")]
