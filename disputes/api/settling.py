"""The verbs by which the two sides settle: offers, more time, returns."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema

from disputes.api.base import VerbView
from disputes.lifecycle import Verb
from disputes.serializers import settling_bodies as bodies
from disputes.serializers.dispute import DisputeOut
from disputes.verbs.acknowledgements import (
    accept_deduction,
    acknowledge_return,
    contest_deduction,
)
from disputes.verbs.extensions import ask_extension, extend
from disputes.verbs.offers import accept_offer, deny_offer, make_offer
from disputes.verbs.returns import give_return_address, ship_return

TWENTY = {"currency_code": "USD", "value": "20.00"}


def _described(summary: str, **example: Any) -> Any:
    shown = OpenApiExample(summary, value=example, request_only=True)
    return extend_schema(
        tags=["disputes"], summary=summary, responses={200: DisputeOut}, examples=[shown]
    )


@_described("Make an offer", offer_type="REFUND", offer_amount=TWENTY, note="Half each?")
class MakeOfferView(VerbView):
    """Offer the other side an end. While its own offer is open, this is a counter-offer."""

    verb = Verb.MAKE_OFFER
    function = make_offer
    serializer_class = bodies.MakeOffer


@_described("Accept the offer")
class AcceptOfferView(VerbView):
    """What was offered happens at once: the refund is paid, or the goods go back first."""

    verb = Verb.ACCEPT_OFFER
    function = accept_offer
    serializer_class = bodies.AcceptOffer


@_described("Deny the offer", note="The cup was worth more.")
class DenyOfferView(VerbView):
    """The two talk on; either may offer anew or escalate."""

    verb = Verb.DENY_OFFER
    function = deny_offer
    serializer_class = bodies.DenyOffer


@_described("Ask for more time", hours=48, reason="I am travelling until Monday.")
class AskExtensionView(VerbView):
    """Ask the other side, and the marketplace's staff, for more time. The clock runs on."""

    verb = Verb.ASK_EXTENSION
    function = ask_extension
    serializer_class = bodies.AskExtension


@_described("Grant more time", hours=48, reason="You are travelling; take two days more.")
class ExtendView(VerbView):
    """Grant the other side, which is waited for, more time, within the rulebook's limit.

    While both negotiate: the hours that the other side asked for, or fewer.
    """

    verb = Verb.EXTEND
    function = extend
    serializer_class = bodies.Extend


@_described("Give the return address", return_address="Shop 1, 5 Mill Lane, Leeds LS1 4AB")
class GiveReturnAddressView(VerbView):
    """The seller says where the goods go back to; the buyer's time to send them begins."""

    verb = Verb.GIVE_RETURN_ADDRESS
    function = give_return_address
    serializer_class = bodies.GiveReturnAddress


@_described("Send the goods back", carrier="UPS", tracking_number="1Z5R89390357567127")
class ShipReturnView(VerbView):
    """The buyer has sent the goods back, and says how."""

    verb = Verb.SHIP_RETURN
    function = ship_return
    serializer_class = bodies.ShipReturn


@_described("Acknowledge the return", acknowledgement_type="ITEM_RECEIVED")
class AcknowledgeReturnView(VerbView):
    """The seller says what came back: all of it (the refund is paid), damaged (with a deduction
    the buyer answers), or something else, which staff look at.
    """

    verb = Verb.ACKNOWLEDGE_RETURN
    function = acknowledge_return
    serializer_class = bodies.AcknowledgeReturn


@_described("Accept the deduction")
class AcceptDeductionView(VerbView):
    """The buyer takes the refund less the deduction. It is paid at once."""

    verb = Verb.ACCEPT_DEDUCTION
    function = accept_deduction
    serializer_class = bodies.AcceptDeduction


@_described("Contest the deduction", note="It was unused when I sent it.")
class ContestDeductionView(VerbView):
    """The buyer says why the deduction is wrong. The case goes to staff."""

    verb = Verb.CONTEST_DEDUCTION
    function = contest_deduction
    serializer_class = bodies.ContestDeduction


VERBS = (
    MakeOfferView,
    AcceptOfferView,
    DenyOfferView,
    AskExtensionView,
    ExtendView,
    GiveReturnAddressView,
    ShipReturnView,
    AcknowledgeReturnView,
    AcceptDeductionView,
    ContestDeductionView,
)
