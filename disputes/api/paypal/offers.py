"""What the sides offer each other, goods that go back, and what may be answered."""

from __future__ import annotations

from disputes.api.paypal.links import Reader
from disputes.api.paypal.shapes import Shape, shape
from disputes.api.paypal.words import AcceptClaimType
from disputes.enums import Acknowledgement, OfferType
from disputes.lifecycle import Verb
from disputes.models import Case
from disputes.queries.public import PublicCase


def of_case(found: PublicCase, reader: Reader) -> Shape:
    """The offers and their history."""
    return {}


def return_details(found: PublicCase) -> Shape:
    """How the goods went back."""
    return {}


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
