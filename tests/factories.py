"""What tests begin with: an order, a case on it, a client of the API.

Everything can be said by keyword; what is not said is an ordinary order that can be claimed now:
bought 70 days before `now`, promised within 60 days, handed over, never delivered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from backoffice.accounts.service.clients import create_client
from backoffice.common.actors import Actor, ActorKind
from backoffice.orders.models import Buyer, Order, OrderLine, Seller
from disputes.enums import Reason
from disputes.models import Case
from disputes.queries import snapshots
from disputes.service.act import act
from disputes.service.filing import file_claim
from disputes.verbs.evidence import provide_evidence
from disputes.verbs.filing import Claim
from disputes.verbs.minimum import missing

_numbers = count(1)


def a_seller(ref: str = "seller-1") -> Seller:
    """The seller of that id, made where it is missing."""
    return Seller.objects.get_or_create(external_id=ref, defaults={"name": f"Shop {ref}"})[0]


def a_buyer(ref: str = "buyer-1") -> Buyer:
    """The buyer of that id, made where it is missing."""
    return Buyer.objects.get_or_create(external_id=ref, defaults={"name": f"Buyer {ref}"})[0]


def an_order(
    now: datetime | None = None,
    *,
    seller: str = "seller-1",
    buyer: str = "buyer-1",
    prices: Sequence[int] = (10_000,),
    **overrides: Any,
) -> Order:
    """An order with a line ("1", "2", ...) of each of `prices` (minor units of its currency)."""
    purchased_at = overrides.get("purchased_at", (now or timezone.now()) - timedelta(days=70))
    number = next(_numbers)
    defaults = {
        "external_id": f"order-{number}",
        "purchase_ref": f"purchase-{number}",
        "seller": a_seller(seller),
        "buyer": a_buyer(buyer),
        "currency": "USD",
        "items_minor": sum(prices),
        "freight_minor": 0,
        "purchased_at": purchased_at,
        "rulebook_number": 1,
        "max_days": 60,
        "deliver_by": purchased_at + timedelta(days=60),
        "handed_over_at": purchased_at + timedelta(days=3),
        "fed_at": purchased_at,
    }
    order = Order.objects.create(**(defaults | overrides))
    OrderLine.objects.bulk_create(
        OrderLine(order=order, external_id=str(place), title=f"Thing {place}", price_minor=price)
        for place, price in enumerate(prices, 1)
    )
    return order


def a_case(
    order: Order | None = None,
    at: datetime | None = None,
    reason: Reason = Reason.NOT_RECEIVED,
    shown: bool = True,
    **claim: Any,
) -> Case:
    """A case filed by the order's buyer `at` that time (now), through the real service.

    What the buyer must show first, he has `shown` at once, so that the seller's time runs.
    """
    at = at or timezone.now()
    order = order or an_order(at)
    public_id = file_claim(order.external_id, Claim(reason, **claim), buyer_of(order), at)
    for kind in missing(snapshots.peek(public_id)) if shown else ():
        given = {"evidence_type": kind, "note": "See for yourself."}
        act(provide_evidence, public_id, buyer_of(order), at, **given)
    return Case.objects.get(public_id=public_id)


def buyer_of(subject: Order | Case) -> Actor:
    """The buyer of an order or case, as verbs know him."""
    return Actor(ActorKind.BUYER, subject.buyer.external_id, via="tests")


def seller_of(subject: Order | Case) -> Actor:
    """The seller of an order or case, as verbs know him."""
    return Actor(ActorKind.SELLER, subject.seller.external_id, via="tests")


def api_client(*scopes: Scope, seller_ref: str = "") -> APIClient:
    """A caller of the API with a real key that holds `scopes`, and no others."""
    name = f"client-{next(_numbers)}"
    _, key = create_client(name, scopes, timezone.now(), seller_ref)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client
