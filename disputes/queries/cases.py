"""Reading cases for lists: filtered, walked along an index, a constant number of statements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from backoffice.common.actors import ActorKind
from backoffice.common.errors import NotFound
from backoffice.orders.models import Buyer, Order, Seller
from disputes.enums import BorneBy, Party, Reason, Stage, Status
from disputes.lifecycle import PLACES, TABLE, State, Verb, Waiting
from disputes.models import Appeal, Case

NEWEST_FIRST = ("-filed_at", "-id")
# Who is to act next. Negotiation waits for both sides to agree, or for one to escalate; an offer's
# answer for the side it was made to (`waits_on`).
WAITS_ON: dict[Waiting, tuple[Party, ...]] = {
    Waiting.BUYER_MINIMUM: (Party.BUYER,),
    Waiting.SELLER_RESPONSE: (Party.SELLER,),
    Waiting.NEGOTIATION: (Party.BUYER, Party.SELLER),
    Waiting.BUYER_EVIDENCE: (Party.BUYER,),
    Waiting.SELLER_EVIDENCE: (Party.SELLER,),
    Waiting.REVIEW: (Party.STAFF,),
    Waiting.APPROVAL: (Party.STAFF,),
    Waiting.COMMENT: (Party.BUYER, Party.SELLER),
    Waiting.RETURN_ADDRESS: (Party.SELLER,),
    Waiting.RETURN_SHIPMENT: (Party.BUYER,),
    Waiting.RETURN_RECEIPT: (Party.SELLER,),
    Waiting.RETURN_ACKNOWLEDGEMENT: (Party.SELLER,),
    Waiting.DEDUCTION: (Party.BUYER,),
    Waiting.APPEAL: (Party.STAFF,),
}
_STATUS_ON = {
    Status.WAITING_FOR_BUYER: (Party.BUYER,),
    Status.WAITING_FOR_SELLER: (Party.SELLER,),
}


def waits_on(state: str) -> tuple[Party, ...]:
    """Who is to act next in this state; nobody in a resolved one."""
    place = PLACES[State(state)]
    if place.waiting is None:
        return ()
    return WAITS_ON.get(place.waiting) or _STATUS_ON[place.status]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None is everything.

    Times are half-open: from `*_after` on, up to but without `*_before`. A `transaction` is an
    order, by its own id or that of the purchase it belongs to; `where` is a condition on the case.
    """

    status: Status | None = None
    dispute_life_cycle_stage: Stage | None = None
    reason: Reason | None = None
    seller: str | None = None
    buyer: str | None = None
    order: str | None = None
    transaction: str | None = None
    where: Q | None = None
    create_time_after: datetime | None = None
    create_time_before: datetime | None = None
    update_time_after: datetime | None = None
    update_time_before: datetime | None = None
    due_before: datetime | None = None
    open: bool | None = None


@dataclass(frozen=True, slots=True)
class Parties:
    """The two sides of a case, by their external ids, and the state it stands in."""

    buyer: str
    seller: str
    state: str


def cases(filters: Filters) -> QuerySet[Case]:
    """The cases that `filters` leave, with order, seller and buyer, in no order yet."""
    rows = Case.objects.select_related("order", "seller", "buyer").prefetch_related("appeals")
    rows = rows.filter(**_of(filters), **_within(filters))
    if filters.open is not None:
        rows = rows.filter(due_at__isnull=not filters.open)
    if filters.where is not None:
        rows = rows.filter(filters.where)
    if filters.status is None and filters.dispute_life_cycle_stage is None:
        return rows
    return rows.filter(state__in=_states(filters))


def appealable_by(kinds: Collection[ActorKind], now: datetime) -> Q:
    """Which cases one of `kinds` may appeal now: `appeal_refusal` (verbs/appeals.py) of many.

    A test holds the two together.
    """
    to_gain = {
        ActorKind.BUYER: Q(requested_minor__gt=F("refunded_minor") + F("credited_minor")),
        ActorKind.SELLER: Q(borne_by=BorneBy.SELLER),
    }
    found = Q(pk__in=[])
    for kind in kinds:
        states = sorted(TABLE[Verb.APPEAL, kind])
        appealed = Exists(Appeal.objects.filter(case=OuterRef("pk"), party=kind.value))
        found |= Q(state__in=states, appeal_until__gte=now) & to_gain[kind] & ~Q(appealed)
    return found


def parties(public_id: str) -> Parties:
    """Who the two sides are. Raises NotFound."""
    row = (
        Case.objects.filter(public_id=public_id)
        .values_list("buyer__external_id", "seller__external_id", "state")
        .first()
    )
    if row is None:
        raise NotFound("There is no such case.", code="case_not_found")
    return Parties(*row)


def _of(filters: Filters) -> dict[str, object]:
    """Whose cases. Ids are looked up first: an index is walked in order only for a known value."""
    wanted: dict[str, object] = {}
    if filters.seller is not None:
        wanted["seller_id"] = _id(Seller.objects.filter(external_id=filters.seller))
    if filters.buyer is not None:
        wanted["buyer_id"] = _id(Buyer.objects.filter(external_id=filters.buyer))
    if filters.order is not None:
        wanted["order_id"] = _id(Order.objects.filter(external_id=filters.order))
    if filters.transaction is not None:
        ref = filters.transaction
        either = Order.objects.filter(Q(external_id=ref) | Q(purchase_ref=ref))
        wanted["order_id__in"] = list(either.values_list("id", flat=True))
    if filters.reason is not None:
        wanted["reason"] = filters.reason
    return wanted


def _id(rows: QuerySet[Seller] | QuerySet[Buyer] | QuerySet[Order]) -> int:
    """The one row's id; 0, which no row has, if there is none."""
    return rows.values_list("id", flat=True).first() or 0


def _within(filters: Filters) -> dict[str, datetime]:
    """The bounds in time. What was updated before a time was filed before it, too: said to the

    database, that lets the walk along the filing index begin there.
    """
    bounds = {
        "filed_at__gte": filters.create_time_after,
        "filed_at__lt": _earlier(filters.create_time_before, filters.update_time_before),
        "updated_at__gte": filters.update_time_after,
        "updated_at__lt": filters.update_time_before,
        "expected_by__lt": filters.due_before,
    }
    return {lookup: at for lookup, at in bounds.items() if at is not None}


def _earlier(*times: datetime | None) -> datetime | None:
    return min((at for at in times if at is not None), default=None)


def _states(filters: Filters) -> list[str]:
    """The lifecycle's states that have the wanted stage and status."""
    stage, status = filters.dispute_life_cycle_stage, filters.status
    return [
        state
        for state in State
        if stage in (None, PLACES[state].stage) and status in (None, PLACES[state].status)
    ]
