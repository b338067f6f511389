"""A published version never changes, whoever asks the database."""

from django.db import migrations

from backoffice.common.triggers import append_only

DRAFT = "OLD.published_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial")]
    operations = [
        append_only("rulebook_rulebookversion", update_unless=DRAFT, delete_unless=DRAFT),
    ]
