"""Who may take evidence bundles."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("disputes", "0011_decisions_by_time")]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={
                "permissions": [
                    ("adjudicate_case", "Can adjudicate cases"),
                    ("adjudicate_above_limit", "Can adjudicate above the approval limit"),
                    ("take_bundle", "Can take evidence bundles"),
                ],
                "verbose_name": "case",
                "verbose_name_plural": "cases",
            },
        ),
    ]
