"""A claim about a replacement is judged by the replacement's facts: since when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0016_extension_asked")]
    operations = [
        migrations.AddField("case", "replaced_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=models.Q(replaced_at=None)
                | models.Q(replaced_at__lte=models.F("filed_at")),
                name="a_replacement_is_agreed_on_before_it_is_claimed",
            ),
        ),
    ]
