"""Refunds the marketplace made on its own: counted once, by whichever remedy takes them first."""

from __future__ import annotations

from django.db.models import F

from backoffice.orders.models import Order


def count_refunds(counted: dict[int, int]) -> None:
    """Mark so many minor units of each order's fed refunds as taken into account.

    The database refuses more than was fed. Rare enough that a statement per order will do.
    """
    for order_id, minor in counted.items():
        orders = Order.objects.filter(id=order_id)
        orders.update(refunds_counted_minor=F("refunds_counted_minor") + minor)
