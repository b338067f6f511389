"""What the carriers' scans, and the seller's numbers, tell of orders: the Ruling table's inputs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from backoffice.common.bulk import among
from backoffice.orders.enums import Direction, NumberHint, TrackingStatus
from backoffice.orders.models import TrackingEvent
from backoffice.orders.tracking_numbers import normalise
from disputes.enums import Party
from disputes.models import Evidence

# The most telling scan decides: lost before damaged before returned before a code of two meanings.
TELLING = (TrackingStatus.LOST, TrackingStatus.DAMAGED, TrackingStatus.RETURN_TO_SENDER)
# Scans that only a carrier who has the parcel makes.
IN_CARRIERS_HANDS = (
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
TRACKING_INPUT = {
    TrackingStatus.LOST: "LOST",
    TrackingStatus.DAMAGED: "DAMAGED",
    TrackingStatus.RETURN_TO_SENDER: "RETURNED",
}


@dataclass(frozen=True, slots=True)
class Proofs:
    """Orders with proof of shipment; cases with the numbers that are one (as `normalise` has them);

    cases in which the seller gave any evidence.
    """

    orders: set[int]
    cases: dict[int, set[str]]
    answered: set[int]


def tracking_input(
    scanned: str | None, handed_over: datetime | None, delivered: datetime | None
) -> str:
    """The Ruling table's word for an order, `scanned` being what its scans tell beyond moving."""
    if delivered:
        return "DELIVERED"
    return scanned or ("MOVING" if handed_over else "NONE")


def telling(order_ids: list[int]) -> dict[int, str]:
    """The Ruling table's word for each order whose scans tell more than that it moves."""
    scans = TrackingEvent.objects.filter(
        shipment__order_id__in=among(order_ids), shipment__direction=Direction.OUTBOUND
    ).filter(Q(status__in=TELLING) | Q(ambiguous=True))
    told: defaultdict[int, set[str]] = defaultdict(set)
    for order_id, status in scans.values_list("shipment__order_id", "status"):
        told[order_id].add(status)
    found = {order_id: told_by(statuses, True) for order_id, statuses in told.items()}
    return {order_id: word for order_id, word in found.items() if word}


def told_by(statuses: Collection[str], ambiguous: bool) -> str | None:
    """The Ruling table's word for parcels with scans of these `statuses`, if it is more than that

    they move; `ambiguous` where one of the scans has a code of two meanings.
    """
    telling = (TRACKING_INPUT[status] for status in TELLING if status in statuses)
    return next(telling, "AMBIGUOUS" if ambiguous else None)


def proofs(order_ids: list[int], case_ids: list[int]) -> Proofs:
    """Proof of shipment: a carrier's scan, or a known courier's number given as evidence."""
    scanned = TrackingEvent.objects.filter(
        shipment__order_id__in=among(order_ids),
        shipment__direction=Direction.OUTBOUND,
        status__in=IN_CARRIERS_HANDS,
    )
    given = Evidence.objects.filter(case_id__in=among(case_ids), party=Party.SELLER)
    rows = list(given.values_list("case_id", "number_hint", "tracking_number"))
    numbers: defaultdict[int, set[str]] = defaultdict(set)
    for case_id, number_hint, number in rows:
        if number_hint == NumberHint.VALID:
            numbers[case_id].add(normalise(number))
    return Proofs(
        set(scanned.values_list("shipment__order_id", flat=True).distinct()),
        dict(numbers),
        {case_id for case_id, *_ in rows},
    )
