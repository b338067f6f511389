"""How floors above learn of new facts: they read this, nobody calls them."""

from django.db import models
from django.db.models import Q

from backoffice.orders.enums import ChangeKind
from backoffice.orders.models.order import Order


class OrderChange(models.Model):
    """A fact about an order became known. Appended in the feed's transaction; followers read on.

    Ids alone may become visible out of order: a lower one is committed after a higher one was
    read. So every writer holds the feed's lock until it commits, and a follower first waits until
    no writer is under way (service/changes.py): then every id below the highest it sees is final.
    SHIPPED and DELIVERED are of the order as a whole; where only one of its parcels moved, it is a
    PARCEL.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values), name="a_change_has_a_known_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"


class Follower(models.Model):
    """How far one reader of the changes has come: the last change it took. Its row is its lock."""

    name = models.CharField(max_length=40, unique=True)
    change_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
