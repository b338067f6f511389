"""Counting the marketplace's own refunds towards open cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from backoffice.common.money import Money
from backoffice.orders.models import Order
from disputes.queries import snapshots
from disputes.service.commit import commit
from disputes.verbs.facts import note_refund


def credit_refunds(order_ids: Iterable[int], now: datetime) -> None:
    """Share each order's uncounted refunds among its open cases, the earliest filed first.

    Call it in a transaction. The order's row is the lock: two callers never count the same refund.
    """
    wanted = set(order_ids)
    if not wanted:
        return
    orders = Order.objects.select_for_update(no_key=True).filter(id__in=wanted).order_by("id")
    left = {o.id: o.refunded_minor - o.refunds_counted_minor for o in orders}
    for case in snapshots.open_on_orders(left).cases:
        share = min(left[case.facts.order_id], case.unpaid_minor)
        if share > 0:
            left[case.facts.order_id] -= share
            commit([note_refund(case, now, refunded=Money(share, case.currency))])
