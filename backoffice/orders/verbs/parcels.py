"""What a parcel's scans say of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from backoffice.orders.enums import TrackingStatus

# Scans that only a carrier who holds the parcel makes. A delay or a hold may be told before.
IN_CARRIERS_HANDS = frozenset(
    s.value
    for s in (
        TrackingStatus.PICKED_UP,
        TrackingStatus.IN_TRANSIT,
        TrackingStatus.OUT_FOR_DELIVERY,
        TrackingStatus.READY_FOR_PICKUP,
        TrackingStatus.DELIVERED,
        TrackingStatus.DELIVERY_FAILED,
        TrackingStatus.RETURN_TO_SENDER,
        TrackingStatus.LOST,
        TrackingStatus.DAMAGED,
    )
)
TROUBLE = frozenset(
    s.value for s in (TrackingStatus.LOST, TrackingStatus.DAMAGED, TrackingStatus.RETURN_TO_SENDER)
)
Scan = tuple[str, datetime]
"""A judged status and when it happened."""


class ParcelFacts(NamedTuple):
    """The earliest of each thing known of one parcel."""

    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """False for a parcel cancelled before anybody handed it over."""
        return self.cancelled_at is None or self.handed_over_at is not None


def with_scans(facts: ParcelFacts, scans: Iterable[Scan]) -> ParcelFacts:
    """`facts` after further scans, in whatever order they arrive."""
    handed_over_at, delivered_at, cancelled_at = facts
    for status, at in scans:
        if status in IN_CARRIERS_HANDS:
            handed_over_at = earlier(handed_over_at, at)
            if status == TrackingStatus.DELIVERED:
                delivered_at = earlier(delivered_at, at)
        elif status == TrackingStatus.CANCELLED:
            cancelled_at = earlier(cancelled_at, at)
    return ParcelFacts(handed_over_at, delivered_at, cancelled_at)


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two times, either of which may be unknown."""
    if one is None or other is None:
        return one or other
    return min(one, other)
