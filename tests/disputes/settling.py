"""Cases on the way to a settlement."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backoffice.common.actors import Actor
from backoffice.common.money import Money
from backoffice.files.models import StoredFile
from backoffice.files.service import store
from backoffice.orders.service.feed import feed_shipments
from disputes.enums import Reason, SubReason
from disputes.models import Case
from disputes.service.act import Acted, act
from disputes.verbs.answers import deny
from disputes.verbs.offers import accept_offer, make_offer
from disputes.verbs.returns import ship_return
from tests.disputes.conftest import NOW
from tests.factories import a_case, an_order, buyer_of, seller_of
from tests.files.photos import PDF, a_photo

NUMBER = "1Z5R89390357567127"
DAMAGED = {"reason": Reason.NOT_AS_DESCRIBED, "sub_reason": SubReason.DAMAGED}
ADDRESS = "Shop 1, 5 Mill Lane, Leeds"


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def offer(
    case: Case,
    by: Actor,
    minor: int | None = 4_000,
    kind: str = "REFUND",
    at: datetime = NOW,
    **more: Any,
) -> Acted:
    """An offer of one side; None is no amount."""
    amount = None if minor is None else usd(minor)
    return act(make_offer, case.public_id, by, at, offer_type=kind, amount=amount, **more)


def offered(minor: int | None = 4_000, kind: str = "REFUND", **more: Any) -> Case:
    """A case of 100.00 USD that waits for the buyer's answer to the seller's offer."""
    case = a_case(an_order(NOW), NOW, **DAMAGED)
    offer(case, seller_of(case), minor, kind, **more)
    return fresh(case)


def negotiating() -> Case:
    """A case in which the seller has denied."""
    case = a_case(an_order(NOW), NOW)
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    return fresh(case)


def to_ship(minor: int = 8_000) -> Case:
    """A case whose goods the buyer has to send back, for 80.00 of 100.00 USD."""
    case = offered(minor, "REFUND_WITH_RETURN", return_address=ADDRESS)
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    return fresh(case)


def shipped(minor: int = 8_000) -> Case:
    """A case whose goods are on their way back."""
    case = to_ship(minor)
    act(ship_return, case.public_id, buyer_of(case), NOW, carrier="UPS", tracking_number=NUMBER)
    return fresh(case)


def a_file_of(case: Case, by: Actor, photo: bool = True) -> tuple[StoredFile, ...]:
    """A photo (or a document) that one side gave to the case."""
    name, content = ("back.jpg", a_photo()) if photo else ("back.pdf", PDF)
    return (store(case.public_id, content, name, by, NOW),)


def feed_return(case: Case, at: datetime, **facts: Any) -> None:
    """The marketplace tells of a parcel that goes back."""
    item = {
        "external_id": f"back-{case.public_id}",
        "order": case.order.external_id,
        "direction": "RETURN",
        **{
            name: fact.isoformat() if isinstance(fact, datetime) else fact
            for name, fact in facts.items()
        },
    }
    (answer,) = feed_shipments([item], at)
    assert answer.errors == []


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
