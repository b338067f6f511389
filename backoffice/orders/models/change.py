"""How floors above learn of new facts: they read this, nobody calls them."""

from django.db import models
from django.db.models import Q

from backoffice.orders.enums import ChangeKind
from backoffice.orders.models.order import Order


class OrderChange(models.Model):
    """A fact about an order became known. Appended in the feed's transaction; followers read on.

    `xid` is the writing transaction's id on PostgreSQL (0 on SQLite, where writers queue). A
    follower reads only rows whose transaction lies before every one still running, ordered by
    (xid, id): ids alone may become visible out of order and be skipped.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    at = models.DateTimeField()
    xid = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["xid", "id"], name="changes_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values), name="a_change_has_a_known_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"


class Follower(models.Model):
    """How far one reader of the changes has come; its row is its lock."""

    name = models.CharField(max_length=40, unique=True)
    xid = models.BigIntegerField(default=0)
    change_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
