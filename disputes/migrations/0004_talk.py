"""Notes, templates, read marks; messages and evidence remember the stage they were written in."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from backoffice.common.triggers import append_only, guard_again

STAGES = [
    ("INQUIRY", "Inquiry"),
    ("CHARGEBACK", "Chargeback"),
    ("PRE_ARBITRATION", "Pre-arbitration"),
    ("ARBITRATION", "Arbitration"),
]
PARTIES = [("BUYER", "Buyer"), ("SELLER", "Seller"), ("STAFF", "Staff")]
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
KNOWN_STAGE = Q(stage__in=[stage for stage, _ in STAGES])


def stage_of(model: str, constraint: str) -> list[migrations.operations.base.Operation]:
    """The stage in which a row of `model` was written."""
    return [
        migrations.AddField(
            model, "stage", models.CharField(choices=STAGES, default="INQUIRY", max_length=15)
        ),
        migrations.AddConstraint(
            model, models.CheckConstraint(condition=KNOWN_STAGE, name=constraint)
        ),
        guard_again(f"disputes_{model}"),
    ]


class Migration(migrations.Migration):
    dependencies = [("disputes", "0003_proposals_and_appeals")]
    operations = [
        *stage_of("message", "a_message_has_a_known_stage"),
        *stage_of("evidence", "evidence_has_a_known_stage"),
        migrations.CreateModel(
            "Note",
            [
                ("id", ID),
                ("author_ref", models.CharField(max_length=100)),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="disputes.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=~Q(body=""), name="a_note_says_something")
                ]
            },
        ),
        append_only("disputes_note"),
        migrations.CreateModel(
            "ReadMark",
            [
                ("id", ID),
                ("side", models.CharField(choices=PARTIES, max_length=6)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="read_marks",
                        to="disputes.case",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disputes.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["case", "side"], name="a_side_has_read_up_to_one_message"
                    ),
                    models.CheckConstraint(
                        condition=Q(side__in=[side for side, _ in PARTIES]),
                        name="a_known_side_has_read",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            "MessageTemplate",
            [
                ("id", ID),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                r"^[a-z][a-z0-9-]*\Z",
                                "Small letters, digits and hyphens, a letter first.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("title_en", models.CharField(max_length=80, verbose_name="title in English")),
                ("title_zh_hans", models.CharField(max_length=80, verbose_name="title in Chinese")),
                ("body_en", models.TextField(max_length=1000, verbose_name="text in English")),
                ("body_zh_hans", models.TextField(max_length=1000, verbose_name="text in Chinese")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="last changed")),
            ],
            options={
                "verbose_name": "message template",
                "verbose_name_plural": "message templates",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(title_en="") & ~Q(title_zh_hans=""),
                        name="a_template_has_a_title_in_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=~Q(body_en="") & ~Q(body_zh_hans=""),
                        name="a_template_says_something_in_both_languages",
                    ),
                ],
            },
        ),
    ]
