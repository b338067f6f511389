"""A side that is waited for may ask for more time; it falls when the wait ends."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0015_expected_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="extension_asked_by",
            field=models.CharField(
                blank=True,
                choices=[("BUYER", "Buyer"), ("SELLER", "Seller"), ("STAFF", "Staff")],
                db_default="",
                default="",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="extension_asked_hours",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extension_asked_by", ""), ("extension_asked_hours", 0)),
                    models.Q(
                        models.Q(
                            models.Q(
                                ("extension_asked_by", "BUYER"),
                                (
                                    "state__in",
                                    [
                                        "BUYER_EVIDENCE",
                                        "BUYER_TO_SHOW",
                                        "DEDUCTION_TO_BUYER",
                                        "NEGOTIATION",
                                        "OFFER_TO_BUYER",
                                        "RETURN_TO_SHIP",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("extension_asked_by", "SELLER"),
                                (
                                    "state__in",
                                    [
                                        "NEGOTIATION",
                                        "OFFER_TO_SELLER",
                                        "RETURN_ADDRESS",
                                        "RETURN_DELIVERED",
                                        "RETURN_UNDERWAY",
                                        "SELLER_EVIDENCE",
                                        "SELLER_TO_ANSWER",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        ("extension_asked_hours__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="more_time_is_asked_for_by_a_side_waited_for",
            ),
        ),
    ]
