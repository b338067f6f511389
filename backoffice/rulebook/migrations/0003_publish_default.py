"""A fresh database judges by the rulebook that ships, from the first day on.

It has no event in the audit: nobody published it, it came with the house.
"""

from datetime import UTC, datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from backoffice.rulebook.default import default_document
from backoffice.rulebook.verbs import content

FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def publish_default(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    versions = apps.get_model("rulebook", "RulebookVersion").objects
    if versions.exists():
        return
    shipped = content(default_document())
    versions.create(
        number=1,
        name=shipped.name,
        document=shipped.document,
        sha256=shipped.sha256,
        effective_from=FIRST_DAY,
        published_at=timezone.now(),
    )


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0002_guards")]
    operations = [migrations.RunPython(publish_default, migrations.RunPython.noop)]
