"""Reading orders whose promise has passed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from backoffice.orders.models import Order


class OverdueOrder(NamedTuple):
    """What the watch knows of an order: its ids and its promise."""

    pk: int
    external_id: str
    purchase_ref: str
    seller: str
    buyer: str
    purchased_at: datetime
    deliver_by: datetime
    handed_over_at: datetime | None


def overdue_orders(now: datetime, limit: int) -> list[OverdueOrder]:
    """At most `limit` orders due to be looked at, the longest due first, locked.

    Orders that another sweep holds are skipped, so that any number of sweeps share the work.
    """
    due = Order.objects.filter(watch_due_at__lte=now, watch_error="")
    locked = due.select_for_update(skip_locked=True, of=("self",), no_key=True)
    names = ("id", "external_id", "purchase_ref", "seller__external_id", "buyer__external_id")
    rows = locked.order_by("watch_due_at", "id")[:limit]
    return [
        OverdueOrder(*row)
        for row in rows.values_list(*names, "purchased_at", "deliver_by", "handed_over_at")
    ]
