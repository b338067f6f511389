"""What the sides offer each other, goods that go back, and what may be answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disputes.api.paypal.links import Reader
from disputes.api.paypal.shapes import Shape, identifier, latest, moment, shape, text
from disputes.api.paypal.shapes import money as amount
from disputes.api.paypal.words import AcceptClaimType
from disputes.enums import Acknowledgement, OfferAnswer, OfferType, Party
from disputes.lifecycle import Verb
from disputes.models import Case, Offer
from disputes.queries.public import PublicCase

HISTORY = 1000
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
# A counter-offer says no to the offer before it.
ANSWERS: dict[str, str] = {
    OfferAnswer.ACCEPTED: "ACCEPTED",
    OfferAnswer.DENIED: "DENIED",
    OfferAnswer.COUNTERED: "DENIED",
}
OTHER_SIDE: dict[str, str] = {Party.BUYER: "SELLER", Party.SELLER: "BUYER"}


def of_case(found: PublicCase) -> Shape:
    """The last offer of the seller's and of the buyer's (his claim, at first), and what became of

    each.
    """
    case, last = found.case, {offer.by: offer for offer in found.offers}
    buyers, sellers = last.get(Party.BUYER), last.get(Party.SELLER)
    wanted = buyers.amount_minor if buyers else case.requested_minor
    return shape(
        buyer_requested_amount=amount(wanted, case.currency),
        seller_offered_amount=amount(sellers.amount_minor, case.currency) if sellers else None,
        offer_type=found.offers[-1].offer_type if found.offers else None,
        history=latest([step for offer in found.offers for step in _steps(offer, case)], HISTORY),
    )


def _steps(offer: Offer, case: Case) -> Iterator[Shape]:
    """PayPal's history has no word for an offer that nobody answered."""
    what = {
        "offer_type": offer.offer_type,
        "offer_amount": amount(offer.amount_minor, case.currency),
        "dispute_life_cycle_stage": "INQUIRY",
    }
    proposed = {"offer_time": moment(offer.at), "actor": offer.by, "event_type": "PROPOSED"}
    yield proposed | what | shape(notes=text(offer.note))
    if answer := ANSWERS.get(offer.answer):
        by = OTHER_SIDE[offer.by]
        yield {"offer_time": moment(offer.answered_at), "actor": by, "event_type": answer} | what


def return_details(found: PublicCase) -> Shape:
    """How the goods went back, if they did."""
    if not found.returns or not (last := found.returns[-1]).shipped_at:
        return {}
    number = identifier(last.tracking_number)
    return shape(
        return_time=moment(last.shipped_at), mode="SHIPPED", return_confirmation_number=number
    )


def return_address(found: PublicCase) -> Shape:
    """Where the goods go back to. Ours is a text; PayPal's has lines, and always a country."""
    if not found.returns or not found.returns[-1].address:
        return {}
    lines = found.returns[-1].address.splitlines()
    country = lines.pop() if COUNTRY.fullmatch(lines[-1]) else found.case.seller.country
    if not COUNTRY.fullmatch(country):
        return {}
    first, second, third = [*lines[:2], ", ".join(lines[2:]), "", "", ""][:3]
    return shape(
        address_line_1=first[:300],
        address_line_2=second[:300],
        address_line_3=third[:100],
        country_code=country,
    )


def options(case: Case, reader: Reader) -> Shape:
    """Which words a caller may use in the verbs that he may use now."""
    verbs = reader.verbs(case)
    acknowledge = {"acknowledgement_types": Acknowledgement.values}
    accept = {"accept_claim_types": [AcceptClaimType.REFUND.value]}
    offer = {"offer_types": OfferType.values}
    return shape(
        acknowledge_return_item=acknowledge if Verb.ACKNOWLEDGE_RETURN in verbs else None,
        accept_claim=accept if Verb.ACCEPT_CLAIM in verbs else None,
        make_offer=offer if Verb.MAKE_OFFER in verbs else None,
    )
