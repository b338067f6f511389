"""Who may put an order back to the delivery watch that set it aside."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="order",
            options={
                "permissions": [("put_back_order", "Can put orders back to the delivery watch")]
            },
        ),
    ]
