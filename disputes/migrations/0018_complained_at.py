"""A replacement may be sent before the buyer accepts it: it is told by when he complained."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

REPLACING = ("REFUND_WITH_REPLACEMENT", "REPLACEMENT_WITHOUT_REFUND")


def when_the_claim_was_filed_that_ended_so(apps, schema_editor):
    """Cases about a replacement have when it was agreed on: the accepted offer of that moment."""
    agreed = apps.get_model("disputes", "Offer").objects.filter(
        case__order=OuterRef("order"),
        offer_type__in=REPLACING,
        answer="ACCEPTED",
        answered_at=OuterRef("replaced_at"),
    )
    filed_at = agreed.order_by("-case__filed_at").values("case__filed_at")[:1]
    cases = apps.get_model("disputes", "Case").objects.filter(replaced_at__isnull=False)
    cases.update(complained_at=Coalesce(Subquery(filed_at), "replaced_at"))


class Migration(migrations.Migration):
    dependencies = [("disputes", "0017_replaced_at")]
    operations = [
        migrations.AddField("case", "complained_at", models.DateTimeField(null=True, blank=True)),
        migrations.RunPython(when_the_claim_was_filed_that_ended_so, migrations.RunPython.noop),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(replaced_at=None, complained_at=None)
                | Q(
                    complained_at__isnull=False,
                    complained_at__lte=F("replaced_at"),
                    replaced_at__isnull=False,
                ),
                name="what_is_replaced_was_complained_of_before",
            ),
        ),
    ]
