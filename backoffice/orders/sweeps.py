"""The delivery watch. Tasks, commands and tests call it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError, transaction

from backoffice.orders.queries.watch import OverdueOrder, overdue_orders
from backoffice.orders.service import watch
from backoffice.orders.verbs.watch import become_claimable

log = structlog.get_logger()
# The database's moment, not the order's fault: the batch rolls back and the next tick tries again.
TRANSIENT = (OperationalError, InterfaceError)


@dataclass(slots=True)
class Watched:
    """What a watch did: orders that became claimable, and those set aside with why."""

    done: int = 0
    set_aside: dict[str, str] = field(default_factory=dict)


def watch_deliveries(now: datetime, batch: int = 500) -> Watched:
    """Make every order claimable whose promise passed without a delivery; tell the marketplace.

    Due orders are taken `batch` at a time, each batch in a transaction. One that fails is set aside
    with its error and never blocks the rest.
    """
    watched = Watched()
    while _watch_batch(now, batch, watched):
        pass
    return watched


def _watch_batch(now: datetime, batch: int, watched: Watched) -> int:
    with transaction.atomic():
        orders = overdue_orders(now, batch)
        if orders and not _commit(orders, now):
            _one_by_one(orders, now, watched)
        else:
            watched.done += len(orders)
    return len(orders)


def _commit(orders: Sequence[OverdueOrder], now: datetime) -> bool:
    try:
        with transaction.atomic():
            watch.commit([become_claimable(order, now) for order in orders], now)
    except TRANSIENT:
        raise
    except Exception:
        log.exception("watch.batch_failed", orders=len(orders))
        return False
    return True


def _one_by_one(orders: Sequence[OverdueOrder], now: datetime, watched: Watched) -> None:
    for order in orders:
        try:
            with transaction.atomic():
                watch.commit([become_claimable(order, now)], now)
            watched.done += 1
        except TRANSIENT:
            raise
        except Exception as error:  # noqa: BLE001  it must not block the rest
            why = f"{type(error).__name__}: {error}"[:2000]
            log.error("watch.order_set_aside", order=order.external_id, error=why)
            watch.set_aside(order.pk, why)
            watched.set_aside[order.external_id] = why
