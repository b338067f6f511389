"""Cases whose course is written, so that the demo always shows one in every state.

Each begins with a claim on a parcel that has just come, and goes on by the same verbs as the rest;
nobody else touches it. Times are days before the demo starts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from backoffice.common.actors import ActorKind
from backoffice.orders.models import Order
from disputes.demo import words
from disputes.demo.settling import ADDRESSES
from disputes.enums import Acknowledgement, AppealOutcome, DenyReason, OfferType, SubReason
from disputes.lifecycle import Verb

BUYER, SELLER, STAFF = ActorKind.BUYER, ActorKind.SELLER, ActorKind.STAFF
NUMBER = "1Z5R89390357567127"
RETURNS = ADDRESSES[0]


class Scene(NamedTuple):
    """Somebody's step, so many days before the demo starts. Without `params` the dice choose."""

    days: float
    verb: Verb
    who: ActorKind
    params: dict[str, Any] = {}


class Script(NamedTuple):
    """A claim so many days before the demo starts, on an order worth at least so much, and more.

    `comes_back` is when the marketplace tells that the goods were delivered to the seller.
    """

    days: float
    sub_reason: SubReason
    least_minor: int
    scenes: tuple[Scene, ...]
    comes_back: float | None = None


def _shown(days: float) -> Scene:
    return Scene(days, Verb.PROVIDE_EVIDENCE, BUYER)


def _reviewed(days: float) -> tuple[Scene, ...]:
    """Shown, denied, escalated: under review since `days` before the start, less an hour."""
    said = {"reason": DenyReason.AS_DESCRIBED.value, "note": words.DENIALS["OTHER"][0]}
    return (
        _shown(days + 2.5),
        Scene(days + 1.5, Verb.DENY, SELLER, said),
        Scene(days, Verb.ESCALATE, BUYER, {"note": words.ESCALATIONS[0]}),
    )


def _agreed(days: float, address: str = RETURNS) -> tuple[Scene, ...]:
    """Refund after return, agreed `days` before the start."""
    kind = OfferType.REFUND_WITH_RETURN.value
    offer = {"offer_type": kind, "note": words.OFFERS[2], "return_address": address, "all": True}
    return (
        _shown(days + 2.8),
        Scene(days + 1, Verb.MAKE_OFFER, SELLER, offer),
        Scene(days, Verb.ACCEPT_OFFER, BUYER),
    )


def _sent(days: float) -> Scene:
    parcel = {"carrier": "UPS", "tracking_number": NUMBER}
    return Scene(days, Verb.SHIP_RETURN, BUYER, parcel)


def _nothing(days: float) -> Scene:
    return Scene(days, Verb.ADJUDICATE, STAFF, {"none": True})


APPEAL = {"text": words.APPEALS[1]}
USED = {
    "acknowledgement": Acknowledgement.DAMAGED.value,
    "deduction_percent": 20,
    "note": words.USED,
}
UPHELD = {"outcome": AppealOutcome.UPHELD.value, "reason": words.UPHELD[0]}
REVERSED = {"outcome": AppealOutcome.REVERSED.value, "reason": words.REVERSED[1], "all": True}
ASK_BUYER, ASK_SELLER = (
    {"party": party, "evidence_type": kind, "note": words.ASKED[kind]}
    for party, kind in (("BUYER", "PROOF_OF_DAMAGE"), ("SELLER", "PHOTOS_OF_SHIPPED_ITEM"))
)
DIFFERENT, DAMAGED, FAKE = SubReason.DIFFERENT, SubReason.DAMAGED, SubReason.COUNTERFEIT

SCRIPTS: tuple[Script, ...] = (
    Script(1.2, DAMAGED, 0, ()),
    Script(3.5, DAMAGED, 0, (_shown(3), Scene(1, Verb.MAKE_OFFER, SELLER))),
    Script(
        4.5,
        DIFFERENT,
        0,
        (
            _shown(4),
            Scene(3.4, Verb.SEND_MESSAGE, SELLER, {"body": words.ELSEWHERE}),
            Scene(3.2, Verb.ADD_NOTE, STAFF, {"body": words.NOTED}),
            Scene(3, Verb.MAKE_OFFER, SELLER),
            Scene(0.6, Verb.MAKE_OFFER, BUYER),
        ),
    ),
    Script(5.5, DIFFERENT, 0, _agreed(2)),
    Script(4.5, DIFFERENT, 0, _agreed(1, address="")),
    Script(9.5, DIFFERENT, 0, (*_agreed(6), _sent(3))),
    Script(9.5, DAMAGED, 0, (*_agreed(6), _sent(4)), comes_back=0.5),
    Script(
        12.5, DIFFERENT, 0, (*_agreed(9), _sent(7), Scene(1, Verb.ACKNOWLEDGE_RETURN, SELLER, USED))
    ),
    Script(5, FAKE, 0, (*_reviewed(2), Scene(0.4, Verb.ADJUDICATE, STAFF, {"all": True}))),
    Script(5, DIFFERENT, 25_000, (*_reviewed(2), Scene(1, Verb.ADJUDICATE, STAFF, {"part": True}))),
    Script(10, DAMAGED, 0, (*_reviewed(7), _nothing(4), Scene(1, Verb.APPEAL, BUYER, APPEAL))),
    Script(
        12,
        FAKE,
        50_000,
        (
            *_reviewed(9),
            _nothing(8),
            Scene(4, Verb.APPEAL, BUYER, APPEAL),
            Scene(0.5, Verb.DECIDE_APPEAL, STAFF, REVERSED),
        ),
    ),
    Script(
        12,
        DAMAGED,
        0,
        (
            *_reviewed(9),
            _nothing(8),
            Scene(5, Verb.APPEAL, BUYER, APPEAL),
            Scene(2, Verb.DECIDE_APPEAL, STAFF, UPHELD),
        ),
    ),
    Script(
        12,
        DIFFERENT,
        0,
        (
            *_reviewed(9),
            _nothing(8),
            Scene(5, Verb.APPEAL, BUYER, APPEAL),
            Scene(3, Verb.DECIDE_APPEAL, STAFF, REVERSED),
        ),
    ),
    Script(5, DAMAGED, 0, (*_reviewed(2), Scene(1, Verb.REQUIRE_EVIDENCE, STAFF, ASK_BUYER))),
    Script(5, DAMAGED, 0, (*_reviewed(2), Scene(1, Verb.REQUIRE_EVIDENCE, STAFF, ASK_SELLER))),
)


def an_order_for(script: Script, at: datetime) -> Order | None:
    """An order that came lately, can be claimed at `at`, and is worth enough; the dearest else."""
    came = Order.objects.filter(
        delivered_at__gt=at - timedelta(days=14),
        delivered_at__lt=at,
        handed_over_at__lt=at - timedelta(days=10, hours=1),
        cases__isnull=True,
        refunded_minor=0,
        status="ACTIVE",
    )
    dear = came.filter(currency="USD").order_by("-items_minor", "id")
    fitting = dear.filter(items_minor__gte=script.least_minor).order_by("items_minor", "id")
    if script.least_minor:
        return fitting.first() or dear.first()
    return came.order_by("id").first()


def return_parcel(order_ref: str, came: datetime) -> dict[str, Any]:
    """What the marketplace feeds of the goods that came back."""
    return {
        "external_id": f"{order_ref}-R",
        "order": order_ref,
        "direction": "RETURN",
        "carrier": "UPS",
        "tracking_number": NUMBER,
        "handed_over_at": (came - timedelta(days=3)).isoformat(),
        "delivered_at": came.isoformat(),
    }
