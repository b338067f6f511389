"""The guard against paying twice."""

from django.db import models
from django.db.models import Q

from backoffice.orders.enums import RemedyKind
from backoffice.orders.models.order import OrderLine


class Remedy(models.Model):
    """A dispute or insurance claim on one order line; at most one per line is open at a time.

    The partial unique constraint is the guard: whatever runs at once, the database lets one in.
    `owner` is the dispute's or claim's public id (text: they live on floors above). `closed_at`
    null means open. `paid_minor` is what was compensated for the line when it closed.
    """

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="remedies")
    kind = models.CharField(max_length=10, choices=RemedyKind)
    owner = models.CharField(max_length=64, db_index=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    paid_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(closed_at=None), name="one_open_remedy_per_order_line"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RemedyKind.values), name="a_remedy_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(paid_minor__gte=0), name="a_remedy_pays_nothing_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner}"
