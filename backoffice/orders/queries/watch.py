"""Reading orders whose promise has passed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from backoffice.common.errors import NotFound, Refused
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


class SetAsideOrder(NamedTuple):
    """An order that the watch left alone, and the error it met."""

    pk: int
    external_id: str
    watch_error: str


def set_aside_order(pk: int) -> SetAsideOrder:
    """The order, locked. Raises NotFound, or Refused where the watch has not set it aside."""
    rows = Order.objects.select_for_update(no_key=True).filter(id=pk)
    found = rows.values_list("id", "external_id", "watch_error").first()
    if found is None:
        raise NotFound(_("There is no such order."), code="order_not_found")
    if not found[2]:
        raise Refused(_("The order is not set aside."), code="not_set_aside")
    return SetAsideOrder(*found)


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
