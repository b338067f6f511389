"""That one of several parcels moved is a change, too."""

from django.db import migrations, models

KINDS = [
    ("SHIPPED", "Shipped"),
    ("DELIVERED", "Delivered"),
    ("TRACKING", "Lost, damaged or returned"),
    ("CANCELLED", "Cancelled"),
    ("REFUNDED", "Refunded by the marketplace"),
    ("RETURN", "A return was sent or delivered"),
    ("PARCEL", "Another parcel was handed over or delivered"),
]


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_names_for_readers")]
    operations = [
        migrations.RemoveConstraint("orderchange", "a_change_has_a_known_kind"),
        migrations.AlterField(
            "orderchange", "kind", models.CharField(max_length=10, choices=KINDS)
        ),
        migrations.AddConstraint(
            "orderchange",
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _ in KINDS]),
                name="a_change_has_a_known_kind",
            ),
        ),
    ]
