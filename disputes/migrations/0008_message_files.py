"""A message may bring files, and then needs no words."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from backoffice.common.triggers import append_only, guard_again

SAYS = "a_message_says_something"


class Migration(migrations.Migration):
    dependencies = [("disputes", "0007_starter_templates"), ("files", "0002_guards")]
    operations = [
        migrations.AddField(
            "message", "files", models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
        migrations.AlterField("message", "body", models.TextField(blank=True)),
        migrations.RemoveConstraint("message", SAYS),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(condition=~Q(("body", ""), ("files", 0)), name=SAYS),
        ),
        guard_again("disputes_message"),
        migrations.CreateModel(
            "MessageFile",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="with_files",
                        to="disputes.message",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_messages",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "file"), name="a_file_is_once_in_a_message"
                    )
                ]
            },
        ),
        append_only("disputes_messagefile"),
    ]
