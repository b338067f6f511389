"""Proposed decisions, appeals, second looks, shared rulings; who has a case and until when.

What was proposed, appealed and looked at twice changes only by its one step; rulings never do.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import disputes.lifecycle
from backoffice.common.triggers import Guard, run


def _unless(once: str, kept: str) -> str:
    """An update is let through while `once` holds and every column of `kept` stays."""
    return " AND ".join([once, *(f"NEW.{c} = OLD.{c}" for c in kept.split())])


GUARDS = [
    # SQLite makes a table anew to alter it, and its triggers go: the decisions' are put up again.
    Guard("disputes_decision"),
    Guard("disputes_sharedruling"),
    Guard(
        "disputes_appeal",
        update_unless=_unless("OLD.decided_at IS NULL", "id case_id party text at"),
    ),
    Guard(
        "disputes_proposal",
        update_unless=_unless(
            "OLD.closed_at IS NULL",
            "id case_id instance appeal_outcome fraud refund_minor currency borne_by return_needed"
            " code reason buyer_text seller_text proposed_by proposed_at",
        ),
    ),
    Guard(
        "disputes_qualitycheck",
        update_unless=_unless("OLD.verdict = ''", "id decision_id drawn_at decided_by"),
    ),
]


def put_up(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    for guard in GUARDS:
        run(editor.connection, guard.drop_sql(vendor))
        run(editor.connection, guard.create_sql(vendor))


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0002_guards"),
        ("orders", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("BUYER", "Buyer"), ("SELLER", "Seller"), ("STAFF", "Staff")],
                        max_length=6,
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UPHELD", "Upheld"),
                            ("CHANGED", "Changed"),
                            ("REVERSED", "Reversed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "instance",
                    models.CharField(
                        choices=[("FIRST", "First decision"), ("APPEAL", "On appeal")], max_length=6
                    ),
                ),
                (
                    "appeal_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UPHELD", "Upheld"),
                            ("CHANGED", "Changed"),
                            ("REVERSED", "Reversed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("fraud", models.BooleanField(default=False)),
                ("refund_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "borne_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SELLER", "Seller"),
                            ("PLATFORM", "Platform"),
                            ("CARRIER", "Carrier"),
                        ],
                        max_length=10,
                    ),
                ),
                ("return_needed", models.BooleanField(default=False)),
                ("lines", models.JSONField(null=True)),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NOT_DELIVERED", "Not delivered"),
                            ("DELIVERED", "Delivered"),
                            ("DELIVERED_LATE", "Delivered late"),
                            ("STILL_IN_TIME", "Still in time"),
                            ("LOST_IN_TRANSIT", "Lost in transit"),
                            ("DAMAGED_IN_TRANSIT", "Damaged in transit"),
                            ("DIFFERS", "Differs from its description"),
                            ("AS_DESCRIBED", "As described"),
                            ("COUNTERFEIT", "Counterfeit"),
                            ("NO_EVIDENCE", "Not shown by evidence"),
                            ("GOODWILL", "Goodwill"),
                            ("OTHER", "Another reason"),
                        ],
                        max_length=30,
                    ),
                ),
                ("reason", models.TextField()),
                ("buyer_text", models.TextField(blank=True)),
                ("seller_text", models.TextField(blank=True)),
                ("recommended", models.JSONField(null=True)),
                ("proposed_by", models.CharField(max_length=100)),
                ("proposed_at", models.DateTimeField()),
                ("approved_by", models.CharField(blank=True, max_length=100)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("EXECUTED", "Executed"),
                            ("SENT_BACK", "Sent back"),
                            ("RECONSIDERED", "Reconsidered"),
                            ("OVERTAKEN", "Overtaken by the case's end"),
                        ],
                        max_length=12,
                    ),
                ),
                ("closing_note", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="QualityCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("drawn_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=100)),
                ("checked_by", models.CharField(blank=True, max_length=100)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("AGREE", "Agree"), ("DISAGREE", "Disagree")],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "quality check",
                "verbose_name_plural": "quality checks",
            },
        ),
        migrations.CreateModel(
            name="SharedRuling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=20, unique=True)),
                ("reason", models.TextField()),
                ("decided_by", models.CharField(max_length=100)),
                ("decided_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="a_case_has_a_known_state",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="an_open_case_and_only_it_has_a_deadline",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="a_resolved_case_says_when_and_how",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="a_refund_has_a_bearer_and_a_decision",
        ),
        migrations.AddField(
            model_name="case",
            name="appeal_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="assigned_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="appeal_outcome",
            field=models.CharField(
                blank=True,
                choices=[("UPHELD", "Upheld"), ("CHANGED", "Changed"), ("REVERSED", "Reversed")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="approved_by",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="decision",
            name="buyer_text",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="code",
            field=models.CharField(
                blank=True,
                choices=[
                    ("NOT_DELIVERED", "Not delivered"),
                    ("DELIVERED", "Delivered"),
                    ("DELIVERED_LATE", "Delivered late"),
                    ("STILL_IN_TIME", "Still in time"),
                    ("LOST_IN_TRANSIT", "Lost in transit"),
                    ("DAMAGED_IN_TRANSIT", "Damaged in transit"),
                    ("DIFFERS", "Differs from its description"),
                    ("AS_DESCRIBED", "As described"),
                    ("COUNTERFEIT", "Counterfeit"),
                    ("NO_EVIDENCE", "Not shown by evidence"),
                    ("GOODWILL", "Goodwill"),
                    ("OTHER", "Another reason"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="fraud",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="instance",
            field=models.CharField(
                choices=[("FIRST", "First decision"), ("APPEAL", "On appeal")],
                default="FIRST",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="kept_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="decision",
            name="lines",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="seller_text",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="would_change",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    (
                        disputes.lifecycle.State["BUYER_TO_SHOW"],
                        disputes.lifecycle.State["BUYER_TO_SHOW"],
                    ),
                    (
                        disputes.lifecycle.State["SELLER_TO_ANSWER"],
                        disputes.lifecycle.State["SELLER_TO_ANSWER"],
                    ),
                    (
                        disputes.lifecycle.State["NEGOTIATION"],
                        disputes.lifecycle.State["NEGOTIATION"],
                    ),
                    (
                        disputes.lifecycle.State["OFFER_TO_BUYER"],
                        disputes.lifecycle.State["OFFER_TO_BUYER"],
                    ),
                    (
                        disputes.lifecycle.State["OFFER_TO_SELLER"],
                        disputes.lifecycle.State["OFFER_TO_SELLER"],
                    ),
                    (
                        disputes.lifecycle.State["UNDER_REVIEW"],
                        disputes.lifecycle.State["UNDER_REVIEW"],
                    ),
                    (
                        disputes.lifecycle.State["BUYER_EVIDENCE"],
                        disputes.lifecycle.State["BUYER_EVIDENCE"],
                    ),
                    (
                        disputes.lifecycle.State["SELLER_EVIDENCE"],
                        disputes.lifecycle.State["SELLER_EVIDENCE"],
                    ),
                    (
                        disputes.lifecycle.State["TO_APPROVE"],
                        disputes.lifecycle.State["TO_APPROVE"],
                    ),
                    (disputes.lifecycle.State["PROPOSED"], disputes.lifecycle.State["PROPOSED"]),
                    (
                        disputes.lifecycle.State["RETURN_ADDRESS"],
                        disputes.lifecycle.State["RETURN_ADDRESS"],
                    ),
                    (
                        disputes.lifecycle.State["RETURN_TO_SHIP"],
                        disputes.lifecycle.State["RETURN_TO_SHIP"],
                    ),
                    (
                        disputes.lifecycle.State["RETURN_UNDERWAY"],
                        disputes.lifecycle.State["RETURN_UNDERWAY"],
                    ),
                    (
                        disputes.lifecycle.State["RETURN_DELIVERED"],
                        disputes.lifecycle.State["RETURN_DELIVERED"],
                    ),
                    (
                        disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                        disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                    ),
                    (
                        disputes.lifecycle.State["APPEAL_REVIEW"],
                        disputes.lifecycle.State["APPEAL_REVIEW"],
                    ),
                    (
                        disputes.lifecycle.State["APPEAL_TO_APPROVE"],
                        disputes.lifecycle.State["APPEAL_TO_APPROVE"],
                    ),
                    (
                        disputes.lifecycle.State["RESOLVED_IN_INQUIRY"],
                        disputes.lifecycle.State["RESOLVED_IN_INQUIRY"],
                    ),
                    (
                        disputes.lifecycle.State["RESOLVED_IN_REVIEW"],
                        disputes.lifecycle.State["RESOLVED_IN_REVIEW"],
                    ),
                    (
                        disputes.lifecycle.State["RESOLVED_IN_APPEAL"],
                        disputes.lifecycle.State["RESOLVED_IN_APPEAL"],
                    ),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="disputes.case",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            disputes.lifecycle.State["BUYER_TO_SHOW"],
                            disputes.lifecycle.State["SELLER_TO_ANSWER"],
                            disputes.lifecycle.State["NEGOTIATION"],
                            disputes.lifecycle.State["OFFER_TO_BUYER"],
                            disputes.lifecycle.State["OFFER_TO_SELLER"],
                            disputes.lifecycle.State["UNDER_REVIEW"],
                            disputes.lifecycle.State["BUYER_EVIDENCE"],
                            disputes.lifecycle.State["SELLER_EVIDENCE"],
                            disputes.lifecycle.State["TO_APPROVE"],
                            disputes.lifecycle.State["PROPOSED"],
                            disputes.lifecycle.State["RETURN_ADDRESS"],
                            disputes.lifecycle.State["RETURN_TO_SHIP"],
                            disputes.lifecycle.State["RETURN_UNDERWAY"],
                            disputes.lifecycle.State["RETURN_DELIVERED"],
                            disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                            disputes.lifecycle.State["APPEAL_REVIEW"],
                            disputes.lifecycle.State["APPEAL_TO_APPROVE"],
                            disputes.lifecycle.State["RESOLVED_IN_INQUIRY"],
                            disputes.lifecycle.State["RESOLVED_IN_REVIEW"],
                            disputes.lifecycle.State["RESOLVED_IN_APPEAL"],
                        ],
                    )
                ),
                name="a_case_has_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                disputes.lifecycle.State["APPEAL_REVIEW"],
                                disputes.lifecycle.State["APPEAL_TO_APPROVE"],
                                disputes.lifecycle.State["BUYER_EVIDENCE"],
                                disputes.lifecycle.State["BUYER_TO_SHOW"],
                                disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                                disputes.lifecycle.State["NEGOTIATION"],
                                disputes.lifecycle.State["OFFER_TO_BUYER"],
                                disputes.lifecycle.State["OFFER_TO_SELLER"],
                                disputes.lifecycle.State["PROPOSED"],
                                disputes.lifecycle.State["RETURN_ADDRESS"],
                                disputes.lifecycle.State["RETURN_DELIVERED"],
                                disputes.lifecycle.State["RETURN_TO_SHIP"],
                                disputes.lifecycle.State["RETURN_UNDERWAY"],
                                disputes.lifecycle.State["SELLER_EVIDENCE"],
                                disputes.lifecycle.State["SELLER_TO_ANSWER"],
                                disputes.lifecycle.State["TO_APPROVE"],
                                disputes.lifecycle.State["UNDER_REVIEW"],
                            ],
                        ),
                        ("due_at__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    disputes.lifecycle.State["APPEAL_REVIEW"],
                                    disputes.lifecycle.State["APPEAL_TO_APPROVE"],
                                    disputes.lifecycle.State["BUYER_EVIDENCE"],
                                    disputes.lifecycle.State["BUYER_TO_SHOW"],
                                    disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                                    disputes.lifecycle.State["NEGOTIATION"],
                                    disputes.lifecycle.State["OFFER_TO_BUYER"],
                                    disputes.lifecycle.State["OFFER_TO_SELLER"],
                                    disputes.lifecycle.State["PROPOSED"],
                                    disputes.lifecycle.State["RETURN_ADDRESS"],
                                    disputes.lifecycle.State["RETURN_DELIVERED"],
                                    disputes.lifecycle.State["RETURN_TO_SHIP"],
                                    disputes.lifecycle.State["RETURN_UNDERWAY"],
                                    disputes.lifecycle.State["SELLER_EVIDENCE"],
                                    disputes.lifecycle.State["SELLER_TO_ANSWER"],
                                    disputes.lifecycle.State["TO_APPROVE"],
                                    disputes.lifecycle.State["UNDER_REVIEW"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("due_at", None),
                    ),
                    _connector="OR",
                ),
                name="an_open_case_and_only_it_has_a_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                disputes.lifecycle.State["BUYER_EVIDENCE"],
                                disputes.lifecycle.State["BUYER_TO_SHOW"],
                                disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                                disputes.lifecycle.State["NEGOTIATION"],
                                disputes.lifecycle.State["OFFER_TO_BUYER"],
                                disputes.lifecycle.State["OFFER_TO_SELLER"],
                                disputes.lifecycle.State["PROPOSED"],
                                disputes.lifecycle.State["RETURN_ADDRESS"],
                                disputes.lifecycle.State["RETURN_DELIVERED"],
                                disputes.lifecycle.State["RETURN_TO_SHIP"],
                                disputes.lifecycle.State["RETURN_UNDERWAY"],
                                disputes.lifecycle.State["SELLER_EVIDENCE"],
                                disputes.lifecycle.State["SELLER_TO_ANSWER"],
                                disputes.lifecycle.State["TO_APPROVE"],
                                disputes.lifecycle.State["UNDER_REVIEW"],
                            ],
                        ),
                        ("appeal_until", None),
                        ("outcome", ""),
                        ("resolved_at", None),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    disputes.lifecycle.State["BUYER_EVIDENCE"],
                                    disputes.lifecycle.State["BUYER_TO_SHOW"],
                                    disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                                    disputes.lifecycle.State["NEGOTIATION"],
                                    disputes.lifecycle.State["OFFER_TO_BUYER"],
                                    disputes.lifecycle.State["OFFER_TO_SELLER"],
                                    disputes.lifecycle.State["PROPOSED"],
                                    disputes.lifecycle.State["RETURN_ADDRESS"],
                                    disputes.lifecycle.State["RETURN_DELIVERED"],
                                    disputes.lifecycle.State["RETURN_TO_SHIP"],
                                    disputes.lifecycle.State["RETURN_UNDERWAY"],
                                    disputes.lifecycle.State["SELLER_EVIDENCE"],
                                    disputes.lifecycle.State["SELLER_TO_ANSWER"],
                                    disputes.lifecycle.State["TO_APPROVE"],
                                    disputes.lifecycle.State["UNDER_REVIEW"],
                                ],
                            ),
                            _negated=True,
                        ),
                        (
                            "outcome__in",
                            [
                                "RESOLVED_BUYER_FAVOUR",
                                "RESOLVED_SELLER_FAVOUR",
                                "RESOLVED_WITH_PAYOUT",
                                "CANCELED_BY_BUYER",
                                "ACCEPTED",
                            ],
                        ),
                        ("resolved_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_resolved_case_says_when_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("borne_by", ""), ("refunded_minor", 0)),
                    models.Q(
                        ("refunded_minor__gt", 0),
                        ("borne_by__in", ["SELLER", "PLATFORM", "CARRIER"]),
                        models.Q(
                            (
                                "state__in",
                                [
                                    disputes.lifecycle.State["BUYER_EVIDENCE"],
                                    disputes.lifecycle.State["BUYER_TO_SHOW"],
                                    disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                                    disputes.lifecycle.State["NEGOTIATION"],
                                    disputes.lifecycle.State["OFFER_TO_BUYER"],
                                    disputes.lifecycle.State["OFFER_TO_SELLER"],
                                    disputes.lifecycle.State["PROPOSED"],
                                    disputes.lifecycle.State["RETURN_ADDRESS"],
                                    disputes.lifecycle.State["RETURN_DELIVERED"],
                                    disputes.lifecycle.State["RETURN_TO_SHIP"],
                                    disputes.lifecycle.State["RETURN_UNDERWAY"],
                                    disputes.lifecycle.State["SELLER_EVIDENCE"],
                                    disputes.lifecycle.State["SELLER_TO_ANSWER"],
                                    disputes.lifecycle.State["TO_APPROVE"],
                                    disputes.lifecycle.State["UNDER_REVIEW"],
                                ],
                            ),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_refund_has_a_bearer_and_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assigned_until", None),
                    models.Q(
                        ("assignee__isnull", False),
                        (
                            "state__in",
                            [
                                disputes.lifecycle.State["APPEAL_REVIEW"],
                                disputes.lifecycle.State["APPEAL_TO_APPROVE"],
                                disputes.lifecycle.State["BUYER_EVIDENCE"],
                                disputes.lifecycle.State["BUYER_TO_SHOW"],
                                disputes.lifecycle.State["DEDUCTION_TO_BUYER"],
                                disputes.lifecycle.State["NEGOTIATION"],
                                disputes.lifecycle.State["OFFER_TO_BUYER"],
                                disputes.lifecycle.State["OFFER_TO_SELLER"],
                                disputes.lifecycle.State["PROPOSED"],
                                disputes.lifecycle.State["RETURN_ADDRESS"],
                                disputes.lifecycle.State["RETURN_DELIVERED"],
                                disputes.lifecycle.State["RETURN_TO_SHIP"],
                                disputes.lifecycle.State["RETURN_UNDERWAY"],
                                disputes.lifecycle.State["SELLER_EVIDENCE"],
                                disputes.lifecycle.State["SELLER_TO_ANSWER"],
                                disputes.lifecycle.State["TO_APPROVE"],
                                disputes.lifecycle.State["UNDER_REVIEW"],
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_locked_case_is_open_and_somebodys",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                to="disputes.case",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="disputes.case",
            ),
        ),
        migrations.AddField(
            model_name="qualitycheck",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quality_check",
                to="disputes.decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedruling",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="a_shared_ruling_has_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="shared_ruling",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="disputes.sharedruling",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="shared_ruling",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="disputes.sharedruling",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("case", "instance"), name="one_decision_for_each_instance"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("appeal_outcome", ""),
                        ("fraud", False),
                        ("instance", "FIRST"),
                        ("kept_minor", 0),
                    ),
                    models.Q(
                        ("appeal_outcome__in", ["UPHELD", "CHANGED", "REVERSED"]),
                        ("instance", "APPEAL"),
                    ),
                    _connector="OR",
                ),
                name="a_decision_on_appeal_says_what_it_did",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kept_minor", 0),
                    models.Q(("kept_minor__gt", 0), ("fraud", False)),
                    _connector="OR",
                ),
                name="what_is_kept_is_kept_in_good_faith",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", ""),
                    models.Q(("approved_by", models.F("decided_by_ref")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_approves_his_own_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code", ""),
                    (
                        "code__in",
                        [
                            "NOT_DELIVERED",
                            "DELIVERED",
                            "DELIVERED_LATE",
                            "STILL_IN_TIME",
                            "LOST_IN_TRANSIT",
                            "DAMAGED_IN_TRANSIT",
                            "DIFFERS",
                            "AS_DESCRIBED",
                            "COUNTERFEIT",
                            "NO_EVIDENCE",
                            "GOODWILL",
                            "OTHER",
                        ],
                    ),
                    _connector="OR",
                ),
                name="a_decision_has_a_known_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                fields=("case", "party"), name="each_side_appeals_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)),
                fields=("case",),
                name="one_open_appeal_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("party__in", ("BUYER", "SELLER"))), name="an_appeal_is_a_sides"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="an_appeal_brings_something_new",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("outcome", "")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("outcome__in", ["UPHELD", "CHANGED", "REVERSED"]),
                    ),
                    _connector="OR",
                ),
                name="a_decided_appeal_says_when_and_how",
            ),
        ),
        migrations.AddIndex(
            model_name="qualitycheck",
            index=models.Index(
                condition=models.Q(("verdict", "")),
                fields=["drawn_at", "id"],
                name="checks_to_be_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at", None), ("checked_by", ""), ("verdict", "")),
                    models.Q(
                        ("checked_at__isnull", False),
                        ("verdict__in", ["AGREE", "DISAGREE"]),
                        models.Q(("checked_by", ""), _negated=True),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_second_look_says_who_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("checked_by", models.F("decided_by")), _negated=True),
                name="nobody_checks_his_own_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("case",),
                name="one_open_proposal_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("result", "")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("result__in", ["EXECUTED", "SENT_BACK", "RECONSIDERED", "OVERTAKEN"]),
                    ),
                    _connector="OR",
                ),
                name="a_closed_proposal_says_how_it_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", "")),
                    models.Q(
                        models.Q(("approved_by", ""), _negated=True), ("approved_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="an_approved_proposal_says_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                name="nobody_approves_his_own_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refund_minor__gte", 0),
                    models.Q(
                        models.Q(("borne_by", ""), ("refund_minor", 0)),
                        models.Q(
                            ("refund_minor__gt", 0),
                            ("borne_by__in", ["SELLER", "PLATFORM", "CARRIER"]),
                        ),
                        _connector="OR",
                    ),
                ),
                name="a_proposed_refund_names_its_bearer",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal_outcome", ""), ("fraud", False), ("instance", "FIRST")),
                    models.Q(
                        ("appeal_outcome__in", ["UPHELD", "CHANGED", "REVERSED"]),
                        ("instance", "APPEAL"),
                    ),
                    _connector="OR",
                ),
                name="a_proposal_on_appeal_says_what_it_does",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code", ""),
                    (
                        "code__in",
                        [
                            "NOT_DELIVERED",
                            "DELIVERED",
                            "DELIVERED_LATE",
                            "STILL_IN_TIME",
                            "LOST_IN_TRANSIT",
                            "DAMAGED_IN_TRANSIT",
                            "DIFFERS",
                            "AS_DESCRIBED",
                            "COUNTERFEIT",
                            "NO_EVIDENCE",
                            "GOODWILL",
                            "OTHER",
                        ],
                    ),
                    _connector="OR",
                ),
                name="a_proposal_has_a_known_code",
            ),
        ),
        migrations.RunPython(put_up, migrations.RunPython.noop),
    ]
