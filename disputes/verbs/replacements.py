"""Goods that were to be replaced, once that was agreed on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from disputes.queries.known import ClaimableOrder


def awaited(order: ClaimableOrder, line_refs: Collection[str]) -> ClaimableOrder:
    """`order` as its replacement is awaited: as if bought and sent on the day that was agreed.

    A delivery since then is the replacement's.

    The order as it is where something that is claimed (all, without `line_refs`) is not replaced.
    """
    claimed = [line for line in order.lines if not line_refs or line.external_id in line_refs]
    agreed = [line.replaced_at for line in claimed if line.replaced_at]
    if not agreed or len(agreed) < len(claimed):
        return order
    at = max(agreed)
    promise = order.deliver_by - order.purchased_at
    came = order.delivered_at if order.delivered_at and order.delivered_at > at else None
    return replace(
        order, purchased_at=at, deliver_by=at + promise, handed_over_at=at, delivered_at=came
    )
