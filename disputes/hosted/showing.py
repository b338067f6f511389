"""What the hosted page says of offers, for its side."""

from __future__ import annotations

from dataclasses import dataclass

from backoffice.common.money import Money
from disputes.models import Offer
from disputes.queries.public import PublicCase


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as its side sees it: `mine`, or the other side's."""

    offer: Offer
    mine: bool
    amount: Money | None


def offers(found: PublicCase, side: str) -> list[Offered]:
    """Every offer of both sides, the latest first."""
    currency = found.case.currency
    return [
        Offered(
            offer,
            offer.by == side,
            Money(offer.amount_minor, currency) if offer.amount_minor else None,
        )
        for offer in reversed(found.offers)
    ]


def more_time_asked(found: PublicCase) -> str:
    """The sentence by which a side asks for more time that it has not been given; else ""."""
    if not found.case.extension_asked_by:
        return ""
    asked = (e for e in reversed(found.timeline) if e.action == "case.extension_asked")
    return next(asked).sentence
