"""Goods that were to be replaced, once that was agreed on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from disputes.queries.replaced import Agreed
from disputes.queries.sold import ClaimableOrder


def agreed(order: ClaimableOrder, line_refs: Collection[str]) -> Agreed | None:
    """What was agreed, last, on replacing what is claimed (all, without `line_refs`).

    None where something that is claimed is not.
    """
    claimed = [line for line in order.lines if not line_refs or line.external_id in line_refs]
    found = [line.replaced for line in claimed if line.replaced]
    return max(found) if found and len(found) == len(claimed) else None


def told(order: ClaimableOrder, replacement: Agreed | None) -> dict[str, Any]:
    """What a filing says of the `replacement`, and of where it is; {} for none."""
    if replacement is None or order.sent is None:
        return {}
    known = order.sent.since(replacement)
    return {
        "replaced_at": replacement.at,
        "tracking": known.tracking,
        "delivered_at": known.delivered_at,
    }


def awaited(order: ClaimableOrder, line_refs: Collection[str]) -> ClaimableOrder:
    """`order` as its replacement is awaited: as if bought and sent on the day that was agreed.

    The order as it is where something that is claimed is not replaced.
    """
    replacement = agreed(order, line_refs)
    if replacement is None or order.sent is None:
        return order
    known = order.sent.since(replacement)
    return replace(
        order,
        purchased_at=replacement.at,
        deliver_by=known.deliver_by,
        handed_over_at=replacement.at,
        delivered_at=known.delivered_at,
    )
