"""What the hosted page says of offers and of time, for its side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backoffice.common.money import Money
from disputes.enums import Party
from disputes.models import Offer
from disputes.queries.public import PublicCase
from disputes.queries.waits import waited_on


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as its side sees it: `mine`, or the other side's."""

    offer: Offer
    mine: bool
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Waited:
    """For whom the case has waited and how long, and for how long every clock stood still."""

    on: list[tuple[str, timedelta]]
    stood_still: timedelta


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


def waited(found: PublicCase, now: datetime) -> Waited:
    """In the order in which each was waited for first."""
    on = waited_on(found.waits, now)
    stood_still = sum((wait.stood_still(now) for wait in found.waits), timedelta())
    return Waited([(str(Party(who).label), time) for who, time in on.items()], stood_still)
