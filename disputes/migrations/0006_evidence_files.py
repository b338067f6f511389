"""Evidence may be files, and then needs no words."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from backoffice.common.triggers import append_only, guard_again

SAYS = "evidence_says_something"


class Migration(migrations.Migration):
    dependencies = [("disputes", "0005_offers_and_returns"), ("files", "0002_guards")]
    operations = [
        migrations.AddField(
            "evidence", "files", models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
        migrations.RemoveConstraint("evidence", SAYS),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=~Q(("files", 0), ("note", ""), ("tracking_number", "")), name=SAYS
            ),
        ),
        guard_again("disputes_evidence"),
        migrations.CreateModel(
            "EvidenceFile",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="with_files",
                        to="disputes.evidence",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_evidence",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("evidence", "file"), name="a_file_is_once_in_a_piece_of_evidence"
                    )
                ]
            },
        ),
        append_only("disputes_evidencefile"),
    ]
