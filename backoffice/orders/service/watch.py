"""Writing what the delivery watch found: all of it at once, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from backoffice.audit.service import append
from backoffice.common import bulk
from backoffice.orders.models import Order
from backoffice.orders.verbs.watch import Overdue
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
