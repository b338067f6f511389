"""Writing what the delivery watch found: all of it at once, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from backoffice.audit.service import append
from backoffice.common import bulk
from backoffice.common.actors import Actor
from backoffice.orders.models import Order
from backoffice.orders.queries.watch import set_aside_order
from backoffice.orders.verbs.watch import Overdue, put_back
from backoffice.outbox.service import enqueue


def commit(overdue: Sequence[Overdue], now: datetime) -> None:
    """Mark the orders claimable, append the events, tell the marketplace."""
    marked = [(step.pk, step.claimable_at, None) for step in overdue]
    bulk.update(Order, ("id",), ("claimable_at", "watch_due_at"), marked)
    append([step.event for step in overdue])
    enqueue([step.message for step in overdue], now)


def set_aside(pk: int, why: str) -> None:
    """Keep the order from the watch until somebody has looked at `why`."""
    Order.objects.filter(id=pk).update(watch_error=why)


def put_order_back(pk: int, actor: Actor, now: datetime) -> str:
    """Give an order back to the watch that set it aside; its external id.

    Raises NotFound, or Refused if it is not set aside.
    """
    with transaction.atomic():
        order = set_aside_order(pk)
        append([put_back(order, actor, now)])
        Order.objects.filter(id=order.pk).update(watch_error="")
    return order.external_id
