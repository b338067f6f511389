"""What an order's parcels mean for the order: a pure function, whatever order facts arrive in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from backoffice.orders.enums import ChangeKind, OrderStatus
from backoffice.orders.verbs.parcels import ParcelFacts

# How far another's clock may be ahead of ours.
AHEAD = timedelta(days=1)


class OrderFacts(NamedTuple):
    """An order as it stands: first what the marketplace told, then what follows from it.

    The fields are the columns of the table by the same names.
    """

    purchase_ref: str
    status: str
    currency: str
    items_minor: int
    freight_minor: int
    refunded_minor: int
    destination: str
    zone: str
    purchased_at: datetime
    ship_by: datetime | None
    promised_on: date | None
    said_delivered: bool
    rulebook_number: int
    max_days: int
    late_scan_restarts: bool
    signature_wanted: bool
    deliver_by: datetime
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None
    claimable_at: datetime | None = None
    watch_due_at: datetime | None = None
    flags: tuple[str, ...] = ()


def derive(order: OrderFacts, parcels: Sequence[ParcelFacts], now: datetime) -> OrderFacts:
    """`order` with everything that follows from what was told until `now`, and from its parcels.

    An order told to be claimable, whose guarantee restarts at a late hand-over, is watched anew.
    """
    counted = [p for p in parcels if p.counts]
    handed_over_at, delivered_at = rolled_up(counted)
    deliver_by = guaranteed_by(
        order.purchased_at, order.max_days, order.late_scan_restarts, handed_over_at
    )
    claimable_at = order.claimable_at
    if claimable_at is not None and deliver_by > claimable_at:
        claimable_at = None
    watched = order.status == OrderStatus.ACTIVE and delivered_at is None and claimable_at is None
    return order._replace(
        deliver_by=deliver_by,
        handed_over_at=handed_over_at,
        delivered_at=delivered_at,
        claimable_at=claimable_at,
        watch_due_at=deliver_by if watched else None,
        flags=tuple(_flags(order, counted, handed_over_at, delivered_at, now)),
    )


def changes(before: OrderFacts | None, after: OrderFacts) -> list[ChangeKind]:
    """What became known between two states of an order (`before` None: it is new)."""
    was = before or after._replace(
        handed_over_at=None, delivered_at=None, status=OrderStatus.ACTIVE, refunded_minor=0
    )
    cancelled = after.status != was.status and after.status != OrderStatus.ACTIVE
    happened = {
        ChangeKind.SHIPPED: after.handed_over_at != was.handed_over_at,
        ChangeKind.DELIVERED: after.delivered_at != was.delivered_at,
        ChangeKind.CANCELLED: cancelled,
        ChangeKind.REFUNDED: after.refunded_minor != was.refunded_minor,
    }
    return [kind for kind, did in happened.items() if did]


def rolled_up(parcels: Sequence[ParcelFacts]) -> tuple[datetime | None, datetime | None]:
    """When goods that travel in these parcels were handed over and delivered.

    The first hand-over; and the last delivery, once every parcel is delivered.
    """
    handed_over_at = min((p.handed_over_at for p in parcels if p.handed_over_at), default=None)
    deliveries = [p.delivered_at for p in parcels]
    delivered_at = max((d for d in deliveries if d), default=None) if all(deliveries) else None
    return handed_over_at, delivered_at


def guaranteed_by(
    start: datetime, max_days: int, late_scan_restarts: bool, handed_over_at: datetime | None
) -> datetime:
    """The latest time of delivery of what was bought at `start`.

    It restarts at a first hand-over that is late, if the rulebook said so at purchase.
    """
    window = timedelta(days=max_days)
    promised = start + window
    if late_scan_restarts and handed_over_at is not None and handed_over_at > promised:
        return handed_over_at + window
    return promised


def _flags(
    order: OrderFacts,
    parcels: Iterable[ParcelFacts],
    handed_over_at: datetime | None,
    delivered_at: datetime | None,
    now: datetime,
) -> list[str]:
    """The flags of flags.py's ORDER_FLAGS that apply, in alphabetical order."""
    delivered = delivered_at is not None
    purchase_day = order.purchased_at.astimezone(ZoneInfo(order.zone)).date()
    found = {
        "cancelled_yet_delivered": delivered and order.status != OrderStatus.ACTIVE,
        "delivered_before_handover": any(
            p.handed_over_at and p.delivered_at and p.delivered_at < p.handed_over_at
            for p in parcels
        ),
        "delivered_in_the_future": delivered_at is not None and delivered_at > now + AHEAD,
        "delivered_without_date": order.said_delivered and not delivered,
        "handed_over_before_purchase": handed_over_at is not None
        and handed_over_at < order.purchased_at,
        "no_promise": order.promised_on is None,
        "promised_before_purchase": order.promised_on is not None
        and order.promised_on < purchase_day,
        "refunded_more_than_paid": order.refunded_minor > order.items_minor + order.freight_minor,
    }
    return [name for name, applies in found.items() if applies]
