"""The names that staff read above orders, parcels and parties. The database is not touched."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0003_return_parcels"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="buyer",
            options={"verbose_name": "buyer", "verbose_name_plural": "buyers"},
        ),
        migrations.AlterModelOptions(
            name="order",
            options={
                "permissions": [("put_back_order", "Can put orders back to the delivery watch")],
                "verbose_name": "order",
                "verbose_name_plural": "orders",
            },
        ),
        migrations.AlterModelOptions(
            name="orderline",
            options={"verbose_name": "order line", "verbose_name_plural": "order lines"},
        ),
        migrations.AlterModelOptions(
            name="seller",
            options={"verbose_name": "seller", "verbose_name_plural": "sellers"},
        ),
        migrations.AlterModelOptions(
            name="shipment",
            options={"verbose_name": "parcel", "verbose_name_plural": "parcels"},
        ),
        migrations.AlterModelOptions(
            name="trackingevent",
            options={"verbose_name": "scan", "verbose_name_plural": "scans"},
        ),
        migrations.AlterField(
            model_name="buyer",
            name="country",
            field=models.CharField(blank=True, max_length=2, verbose_name="country"),
        ),
        migrations.AlterField(
            model_name="buyer",
            name="external_id",
            field=models.CharField(max_length=100, unique=True, verbose_name="buyer number"),
        ),
        migrations.AlterField(
            model_name="buyer",
            name="name",
            field=models.CharField(blank=True, max_length=200, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="order",
            name="buyer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="orders.buyer",
                verbose_name="buyer",
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="claimable_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="claimable since"),
        ),
        migrations.AlterField(
            model_name="order",
            name="currency",
            field=models.CharField(max_length=3, verbose_name="currency"),
        ),
        migrations.AlterField(
            model_name="order",
            name="deliver_by",
            field=models.DateTimeField(verbose_name="guaranteed by"),
        ),
        migrations.AlterField(
            model_name="order",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="delivered"),
        ),
        migrations.AlterField(
            model_name="order",
            name="destination",
            field=models.CharField(blank=True, max_length=2, verbose_name="destination"),
        ),
        migrations.AlterField(
            model_name="order",
            name="external_id",
            field=models.CharField(max_length=100, verbose_name="order number"),
        ),
        migrations.AlterField(
            model_name="order",
            name="handed_over_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="handed over"),
        ),
        migrations.AlterField(
            model_name="order",
            name="promised_on",
            field=models.DateField(blank=True, null=True, verbose_name="promised"),
        ),
        migrations.AlterField(
            model_name="order",
            name="purchase_ref",
            field=models.CharField(max_length=100, verbose_name="purchase number"),
        ),
        migrations.AlterField(
            model_name="order",
            name="purchased_at",
            field=models.DateTimeField(verbose_name="bought"),
        ),
        migrations.AlterField(
            model_name="order",
            name="seller",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="orders.seller",
                verbose_name="seller",
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="ship_by",
            field=models.DateTimeField(blank=True, null=True, verbose_name="to be handed over by"),
        ),
        migrations.AlterField(
            model_name="order",
            name="status",
            field=models.CharField(
                choices=[
                    ("ACTIVE", "Active"),
                    ("CANCELLED", "Cancelled"),
                    ("UNAVAILABLE", "Unavailable"),
                ],
                default="ACTIVE",
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="watch_error",
            field=models.TextField(blank=True, verbose_name="the delivery watch's error"),
        ),
        migrations.AlterField(
            model_name="order",
            name="zone",
            field=models.CharField(default="UTC", max_length=60, verbose_name="time zone"),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="category",
            field=models.CharField(blank=True, max_length=100, verbose_name="category"),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="description",
            field=models.TextField(blank=True, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="external_id",
            field=models.CharField(max_length=100, verbose_name="line"),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="quantity",
            field=models.PositiveIntegerField(default=1, verbose_name="quantity"),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="sku",
            field=models.CharField(blank=True, max_length=100, verbose_name="SKU"),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="title",
            field=models.CharField(blank=True, max_length=300, verbose_name="item"),
        ),
        migrations.AlterField(
            model_name="seller",
            name="country",
            field=models.CharField(blank=True, max_length=2, verbose_name="country"),
        ),
        migrations.AlterField(
            model_name="seller",
            name="external_id",
            field=models.CharField(max_length=100, unique=True, verbose_name="seller number"),
        ),
        migrations.AlterField(
            model_name="seller",
            name="name",
            field=models.CharField(blank=True, max_length=200, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="seller",
            name="standing",
            field=models.CharField(
                choices=[
                    ("GOOD", "Good"),
                    ("WARNED", "Warned"),
                    ("SUSPENDED", "Suspended"),
                    ("CLOSED", "Closed"),
                ],
                default="GOOD",
                max_length=12,
                verbose_name="standing",
            ),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="carrier",
            field=models.CharField(blank=True, max_length=60, verbose_name="carrier"),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="delivered"),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="direction",
            field=models.CharField(
                choices=[("OUTBOUND", "To the buyer"), ("RETURN", "Back to the seller")],
                db_default="OUTBOUND",
                default="OUTBOUND",
                max_length=10,
                verbose_name="direction",
            ),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="external_id",
            field=models.CharField(max_length=100, verbose_name="parcel number"),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="handed_over_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="handed over"),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="number_hint",
            field=models.CharField(
                blank=True,
                choices=[
                    ("valid", "Valid"),
                    ("unknown format", "Unknown format"),
                    ("checksum wrong", "Checksum wrong"),
                    ("", "No number"),
                ],
                max_length=20,
                verbose_name="check of the number",
            ),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shipments",
                to="orders.order",
                verbose_name="order",
            ),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="order_ref",
            field=models.CharField(max_length=100, verbose_name="order number"),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="signed_by",
            field=models.CharField(blank=True, max_length=200, verbose_name="signed by"),
        ),
        migrations.AlterField(
            model_name="shipment",
            name="tracking_number",
            field=models.CharField(blank=True, max_length=60, verbose_name="tracking number"),
        ),
        migrations.AlterField(
            model_name="trackingevent",
            name="ambiguous",
            field=models.BooleanField(default=False, verbose_name="ambiguous"),
        ),
        migrations.AlterField(
            model_name="trackingevent",
            name="carrier_code",
            field=models.CharField(blank=True, max_length=60, verbose_name="the carrier's code"),
        ),
        migrations.AlterField(
            model_name="trackingevent",
            name="description",
            field=models.CharField(blank=True, max_length=300, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="trackingevent",
            name="happened_at",
            field=models.DateTimeField(verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="trackingevent",
            name="location",
            field=models.CharField(blank=True, max_length=200, verbose_name="place"),
        ),
        migrations.AlterField(
            model_name="trackingevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "Pending"),
                    ("picked_up", "Picked up"),
                    ("in_transit", "In transit"),
                    ("out_for_delivery", "Out for delivery"),
                    ("ready_for_pickup", "Ready for pickup"),
                    ("delivered", "Delivered"),
                    ("delivery_failed", "Delivery failed"),
                    ("delivery_delayed", "Delivery delayed"),
                    ("on_hold", "On hold"),
                    ("return_to_sender", "Return to sender"),
                    ("lost", "Lost"),
                    ("damaged", "Damaged"),
                    ("cancelled", "Cancelled"),
                    ("unknown", "Unknown"),
                ],
                max_length=20,
                verbose_name="status",
            ),
        ),
    ]
