"""What only some states need to know of a case: its open offer, its open return, what was shown.

A statement for each kind, and only if one of the cases stands where it is needed: a sweep of
sellers who did not answer reads none of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backoffice.common.bulk import among
from backoffice.orders.enums import Direction
from backoffice.orders.models import Shipment
from disputes.enums import Party
from disputes.lifecycle import HAGGLING_STATES, RETURN_STATES, State
from disputes.models import Evidence, Offer, Return
from disputes.queries.known import OpenOffer, OpenReturn, ReturnParcel

Where = tuple[int, int, str]
"""A case's id, its order's id and its state."""
FIXED = ("id", "refund_minor", "borne_by", "ruling", "opened_at")
MOVING = (
    "address",
    "carrier",
    "tracking_number",
    "shipped_at",
    "delivered_at",
    "acknowledgement",
    "acknowledged_at",
    "note",
    "deduction_percent",
    "result",
    "ended_at",
)


@dataclass(frozen=True, slots=True)
class Pending:
    """By case id. `offers_made` counts all of a case's offers, whatever became of them."""

    offers: dict[int, OpenOffer]
    offers_made: dict[int, int]
    returns: dict[int, OpenReturn]
    showed: dict[int, frozenset[str]]


def pending(cases: Sequence[Where]) -> Pending:
    """What waits in these cases; at most four statements."""
    offers, made = _offers([pk for pk, _, state in cases if state in HAGGLING_STATES])
    going_back = {pk: order_id for pk, order_id, state in cases if state in RETURN_STATES}
    asked = [pk for pk, _, state in cases if state == State.BUYER_TO_SHOW]
    return Pending(offers, made, _returns(going_back), _showed(asked))


def _offers(case_ids: list[int]) -> tuple[dict[int, OpenOffer], dict[int, int]]:
    if not case_ids:
        return {}, {}
    found: dict[int, OpenOffer] = {}
    made: Counter[int] = Counter()
    columns = ("case_id", "answer", "id", "by", "offer_type", "amount_minor", "return_address")
    rows = Offer.objects.filter(case_id__in=among(case_ids)).values_list(*columns)
    for case_id, answer, *offer in rows:
        made[case_id] += 1
        if not answer:
            found[case_id] = OpenOffer(*offer)
    return found, dict(made)


def _returns(orders: dict[int, int]) -> dict[int, OpenReturn]:
    if not orders:
        return {}
    parcels: defaultdict[int, list[ReturnParcel]] = defaultdict(list)
    columns = ("order_id", "carrier", "tracking_number", "handed_over_at", "delivered_at")
    fed = Shipment.objects.filter(
        order_id__in=among(set(orders.values())), direction=Direction.RETURN
    )
    for order_id, *parcel in fed.order_by("id").values_list(*columns):
        if order_id is not None:
            parcels[order_id].append(ReturnParcel(*parcel))
    rows = Return.objects.filter(case_id__in=among(orders), ended_at=None)
    return {
        case_id: replace(OpenReturn(*known), parcels=tuple(parcels[orders[case_id]]))
        for case_id, *known in rows.values_list("case_id", *FIXED, *MOVING)
    }


def _showed(case_ids: list[int]) -> dict[int, frozenset[str]]:
    if not case_ids:
        return {}
    showed: defaultdict[int, set[str]] = defaultdict(set)
    given = Evidence.objects.filter(case_id__in=among(case_ids), party=Party.BUYER)
    for case_id, evidence_type in given.values_list("case_id", "evidence_type"):
        showed[case_id].add(evidence_type)
    return {case_id: frozenset(types) for case_id, types in showed.items()}
