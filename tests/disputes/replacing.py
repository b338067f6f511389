"""An order whose goods came broken, and that the sides agreed to replace."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from backoffice.audit.queries import chain
from backoffice.orders.models import Order
from backoffice.orders.service.feed import feed_shipments, feed_tracking_events
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.offers import accept_offer
from tests.disputes.conftest import NOW
from tests.disputes.settling import DAMAGED, fresh, offer
from tests.factories import a_case, an_order, buyer_of, seller_of

DAY = timedelta(days=1)
AGREED = NOW
PROMISED = AGREED + 60 * DAY
FIRST_NUMBER = "1Z5R89390357567127"
OTHER_NUMBER = "RB123456785US"


def parcel(order: Order, name: str, at: datetime, **facts: Any) -> None:
    """The marketplace tells `at` that time of a parcel to the buyer."""
    told = {n: f.isoformat() if isinstance(f, datetime) else f for n, f in facts.items()}
    item = {"external_id": f"{order.external_id}-{name}", "order": order.external_id, **told}
    (answer,) = feed_shipments([item], at)
    assert answer.errors == []


def scan(order: Order, name: str, status: str, at: datetime, told_at: datetime) -> None:
    """The carrier scanned the parcel `at` that time; the marketplace tells of it later."""
    shipment = f"{order.external_id}-{name}"
    item = {"shipment": shipment, "status": status, "happened_at": at.isoformat()}
    (answer,) = feed_tracking_events([item], told_at)
    assert answer.errors == []


def replaced(
    came: datetime | None = AGREED - 2 * DAY, filed: datetime = AGREED, **order: Any
) -> Order:
    """Sent in one parcel, which `came`; the buyer `filed`, and took a replacement at AGREED."""
    found = an_order(AGREED, **order)
    sent = AGREED - 60 * DAY
    number = {"carrier": "UPS", "tracking_number": FIRST_NUMBER}
    parcel(found, "first", sent, handed_over_at=sent, **number)
    scan(found, "first", "in_transit", sent + DAY, sent + DAY)
    if came:
        scan(found, "first", "delivered", came, came)
    agree(found, AGREED, filed, **(DAMAGED if came else {}))
    return fresh_order(found)


def agree(order: Order, at: datetime, filed: datetime | None = None, **claim: Any) -> None:
    """A claim that ends in a replacement, `filed` at that time (at once)."""
    case = a_case(order, filed or at, **claim)
    offer(case, seller_of(case), None, "REPLACEMENT_WITHOUT_REFUND", at)
    act(accept_offer, case.public_id, buyer_of(case), at)
    assert fresh(case).due_at is None


def fresh_order(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def told(case: Case) -> list[Any]:
    """The kinds of news of each telling of new facts."""
    events = chain("case", case.public_id).filter(action="case.facts_changed")
    return [event.data["kinds"] for event in events.order_by("seq")]
