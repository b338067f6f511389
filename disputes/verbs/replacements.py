"""Goods that were to be replaced, once that was agreed on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from disputes.queries.sold import ClaimableOrder


def replaced_at(order: ClaimableOrder, line_refs: Collection[str]) -> datetime | None:
    """When it was agreed, last, that what is claimed (all, without `line_refs`) is replaced.

    None where something that is claimed is not.
    """
    claimed = [line for line in order.lines if not line_refs or line.external_id in line_refs]
    agreed = [line.replaced_at for line in claimed if line.replaced_at]
    return max(agreed) if agreed and len(agreed) == len(claimed) else None


def told(order: ClaimableOrder, at: datetime | None) -> dict[str, Any]:
    """What a filing says of the replacement agreed on `at`, and of where it is; {} for none."""
    if at is None or order.sent is None:
        return {}
    known = order.sent.since(at)
    return {
        "replaced_at": at,
        "tracking": known.tracking,
        "delivered_at": known.delivered_at,
    }


def awaited(order: ClaimableOrder, line_refs: Collection[str]) -> ClaimableOrder:
    """`order` as its replacement is awaited: as if bought and sent on the day that was agreed.

    The order as it is where something that is claimed is not replaced.
    """
    at = replaced_at(order, line_refs)
    if at is None or order.sent is None:
        return order
    known = order.sent.since(at)
    return replace(
        order,
        purchased_at=at,
        deliver_by=known.deliver_by,
        handed_over_at=at,
        delivered_at=known.delivered_at,
    )
