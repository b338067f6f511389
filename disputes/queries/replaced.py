"""What is known of goods that are to replace others: an order's facts since that was agreed on.

An order's own columns speak of all its parcels; a case about a replacement is judged by the
replacement's alone. Read only where there is such a case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from backoffice.common.bulk import among
from backoffice.orders.enums import Direction
from backoffice.orders.models import Order, Shipment, TrackingEvent
from backoffice.orders.tracking_numbers import normalise
from backoffice.orders.verbs.facts import guaranteed_by, rolled_up
from backoffice.orders.verbs.parcels import ParcelFacts
from disputes.queries.tracking import IN_CARRIERS_HANDS, told_by, tracking_input


class Agreed(NamedTuple):
    """A replacement: when it was agreed on, and when what it replaces was complained of.

    The second is when the claim was filed that ended so: no parcel sent since can be the one
    complained of, though the buyer may have taken the replacement only when it was on its way.
    """

    at: datetime
    complained_at: datetime

    def sent_with(self, handed_over_at: datetime | None) -> bool:
        """Whether a parcel handed over then was sent to replace another."""
        return bool(handed_over_at and handed_over_at > self.complained_at)

    def since(self, handed_over_at: datetime | None) -> datetime:
        """From when facts of a parcel handed over then can be the replacement's."""
        return self.complained_at if self.sent_with(handed_over_at) else self.at


@dataclass(frozen=True, slots=True)
class Scan:
    """A carrier's scan that tells something of a parcel."""

    status: str
    ambiguous: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel to the buyer, with its scans. `number` is its tracking number, normalised."""

    number: str
    handed_over_at: datetime | None
    delivered_at: datetime | None
    scans: tuple[Scan, ...]

    @property
    def moved(self) -> bool:
        """Whether more is known of it than that it was announced."""
        return bool(self.handed_over_at or self.delivered_at)

    def since(self, agreed: Agreed) -> ParcelFacts | None:
        """What it tells of goods `agreed` on; None if it cannot have brought them.

        It can where it was handed over since the complaint, or came since that was agreed: a first
        parcel that was believed lost and comes after all brings what was awaited, whatever was sent
        beside it. One that was only announced tells nothing.
        """
        handed_over_at = self.handed_over_at if agreed.sent_with(self.handed_over_at) else None
        since = agreed.since(self.handed_over_at)
        delivered_at = (
            self.delivered_at if self.delivered_at and self.delivered_at > since else None
        )
        came_before = self.delivered_at is not None and delivered_at is None
        if came_before or not (handed_over_at or delivered_at):
            return None
        return ParcelFacts(handed_over_at, delivered_at)


@dataclass(frozen=True, slots=True)
class Replacement:
    """The facts of goods that replace others, as `OrderFacts` has them for an order's first ones.

    `seen` says whether a carrier had them; `first_numbers` are the tracking numbers of the parcels
    that cannot have brought them.
    """

    deliver_by: datetime
    handed_over_at: datetime | None
    delivered_at: datetime | None
    tracking: str
    seen: bool
    first_numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sent:
    """An order's guarantee (days, and whether a late hand-over restarts it) and its parcels."""

    max_days: int
    late_scan_restarts: bool
    parcels: tuple[Parcel, ...]

    def since(self, agreed: Agreed) -> Replacement:
        """What is known of the replacement `agreed` on: as if bought on that day."""
        parcels = [(parcel, parcel.since(agreed)) for parcel in self.parcels]
        moved = [facts for _, facts in parcels if facts]
        its = [parcel for parcel, facts in parcels if facts]
        scans = [s for p in its for s in p.scans if s.at > agreed.since(p.handed_over_at)]
        handed_over_at, delivered_at = rolled_up(moved)
        told = told_by({scan.status for scan in scans}, any(scan.ambiguous for scan in scans))
        return Replacement(
            guaranteed_by(agreed.at, self.max_days, self.late_scan_restarts, handed_over_at),
            handed_over_at,
            delivered_at,
            tracking_input(told, handed_over_at, delivered_at),
            any(scan.status in IN_CARRIERS_HANDS for scan in scans),
            frozenset(parcel.number for parcel, facts in parcels if parcel.moved and not facts),
        )


def sent(order_ids: Iterable[int]) -> dict[int, Sent]:
    """By order id; three statements, and none for no orders."""
    ids = sorted(set(order_ids))
    if not ids:
        return {}
    parcels = _parcels(ids)
    rows = Order.objects.filter(id__in=among(ids))
    return {
        pk: Sent(max_days, restarts, tuple(parcels[pk]))
        for pk, max_days, restarts in rows.values_list("id", "max_days", "late_scan_restarts")
    }


def _parcels(order_ids: list[int]) -> defaultdict[int, list[Parcel]]:
    scans: defaultdict[int | None, list[Scan]] = defaultdict(list)
    told = TrackingEvent.objects.filter(
        Q(status__in=IN_CARRIERS_HANDS) | Q(ambiguous=True),
        shipment__order_id__in=among(order_ids),
        shipment__direction=Direction.OUTBOUND,
    )
    scan = ("shipment_id", "status", "ambiguous", "happened_at")
    for pk, status, ambiguous, at in told.values_list(*scan):
        scans[pk].append(Scan(status, ambiguous, at))
    parcels: defaultdict[int, list[Parcel]] = defaultdict(list)
    fed = Shipment.objects.filter(order_id__in=among(order_ids), direction=Direction.OUTBOUND)
    parcel = ("id", "order_id", "tracking_number", "handed_over_at", "delivered_at")
    for pk, order_id, number, handed_over, delivered in fed.order_by("id").values_list(*parcel):
        found = Parcel(normalise(number), handed_over, delivered, tuple(scans[pk]))
        parcels[order_id].append(found)
    return parcels
