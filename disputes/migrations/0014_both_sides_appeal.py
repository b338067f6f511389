"""While one side's appeal is heard the other may bring its own: both are heard together."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("disputes", "0013_pauses")]
    operations = [migrations.RemoveConstraint("appeal", "one_open_appeal_per_case")]
