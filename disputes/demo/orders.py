"""Invented orders: what is bought, by whom, and what becomes of the parcel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from backoffice.common.money import Money, exponent
from disputes.demo.goods import GOODS, Listing
from disputes.demo.parcels import Fact, Parcel, facts_of
from disputes.demo.parties import LANDS, OVERSOLD, SHOPS, Land, Shop, full_name

DAYS = 120
BUYERS = 260
# The oversold weeks, in days before today; their promise of 60 days ends about now.
SURGE = (58.0, 78.0)


class Fate(StrEnum):
    """What becomes of an order."""

    DELIVERED = "DELIVERED"
    FAULTY = "FAULTY"
    DENIED_BY_BUYER = "DENIED_BY_BUYER"
    UNSENT = "UNSENT"
    LABEL_ONLY = "LABEL_ONLY"
    STUCK = "STUCK"
    LOST = "LOST"
    RETURNED = "RETURNED"
    SHOP_PICKUP = "SHOP_PICKUP"
    VERY_LATE = "VERY_LATE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Buyer:
    """Somebody who buys."""

    ref: str
    name: str
    land: Land

    @property
    def greeting(self) -> str:
        """What a shop calls him."""
        return self.name.split(" ")[0]


@dataclass
class Story:
    """One order: the item that is fed, the facts that follow, and how it ends.

    `item` changes when the marketplace changes the order (cancels, refunds). `claim_at` is when the
    buyer complains of what came; about what did not come he complains when its promise has passed.
    """

    item: dict[str, Any]
    shop: Shop
    buyer: Buyer
    fate: Fate
    purchased_at: datetime
    facts: list[Fact] = field(default_factory=list)
    claim_at: datetime | None = None

    @property
    def ref(self) -> str:
        """The order's id."""
        return str(self.item["external_id"])

    @property
    def title(self) -> str:
        """The first line's listing."""
        return str(self.item["lines"][0]["title"])

    def line(self, ref: str) -> dict[str, Any]:
        """The line of that number."""
        lines: list[dict[str, Any]] = self.item["lines"]
        return next(line for line in lines if line["external_id"] == ref)


def invent(dice: Random, count: int, now: datetime) -> list[Story]:
    """`count` stories in the order of their purchase, the last just before `now`.

    One in twelve is the oversold shop's; the other days of business are even, with two busier
    weeks when the goods of a sale arrive.
    """
    buyers = _buyers(dice)
    ages = sorted((_age(dice) for _ in range(count)), reverse=True)
    stories = []
    for number, age in enumerate(ages):
        at = (now - timedelta(days=age)).replace(microsecond=0)
        surge = SURGE[0] < age < SURGE[1] and dice.random() < 0.4
        stories.append(_story(dice, number, at, dice.choice(buyers), surge))
    return stories


def _buyers(dice: Random) -> list[Buyer]:
    lands = dice.choices(LANDS, [land.weight for land in LANDS], k=BUYERS)
    return [
        Buyer(
            f"B-{20_000 + 7 * i}", full_name(land, *map(dice.choice, (land.first, land.last))), land
        )
        for i, land in enumerate(lands)
    ]


def _age(dice: Random) -> float:
    """Days before now of a purchase."""
    lot = dice.random()
    if lot < 0.16:
        return dice.uniform(*SURGE)
    if lot < 0.46:
        return dice.uniform(9, 30)
    return dice.uniform(0.05, DAYS)


def _story(dice: Random, number: int, at: datetime, buyer: Buyer, surge: bool) -> Story:
    shop = dice.choices(SHOPS, [s.share for s in SHOPS])[0]
    if surge:
        shop = next(s for s in SHOPS if s.ref == OVERSOLD)
    lines, dollars = _lines(dice, shop, buyer.land)
    fate = _fate(dice, shop, buyer.land, surge)
    promised = at + timedelta(days=dice.choice((9, 14, 21, 28)))
    year_and_day = f"{at:%y%j}"
    item = {
        "external_id": f"{year_and_day}-{number + 1:04}",
        "purchase_ref": f"P{year_and_day}{dice.randrange(10**5):05}",
        "seller": {"external_id": shop.ref, "name": shop.name, "country": shop.country},
        "buyer": {
            "external_id": buyer.ref,
            "name": buyer.name,
            "country": buyer.land.country,
        },
        "lines": lines,
        "purchased_at": at.isoformat(),
        "ship_by": (at + timedelta(days=5)).isoformat(),
        "promised_on": f"{promised:%Y-%m-%d}",
        "destination": buyer.land.country,
        "zone": buyer.land.zone,
    }
    story = Story(item, shop, buyer, fate, at)
    sent = Parcel(story.ref, shop, buyer.land, buyer.name, fate, at, dollars)
    story.facts = facts_of(dice, sent)
    if fate in (Fate.FAULTY, Fate.DENIED_BY_BUYER):
        story.claim_at = story.facts[-1].at + timedelta(hours=dice.uniform(26, 190))
    return story


def _fate(dice: Random, shop: Shop, land: Land, surge: bool) -> Fate:
    if surge:
        return dice.choices([Fate.UNSENT, Fate.LABEL_ONLY, Fate.DELIVERED], [55, 25, 20])[0]
    lot = dice.random()
    for fate, part in (
        (Fate.CANCELLED, 0.03),
        (Fate.DENIED_BY_BUYER, 0.012),
        (Fate.UNSENT, shop.unsent * 0.6),
        (Fate.LABEL_ONLY, shop.unsent * 0.4),
        (Fate.STUCK, shop.astray * 0.5),
        (Fate.LOST, shop.astray * 0.3),
        (Fate.RETURNED, shop.astray * 0.2),
        (Fate.VERY_LATE, shop.astray * 0.6),
        (Fate.SHOP_PICKUP, 0.05 if land.country in ("DE", "ES") else 0),
        (Fate.FAULTY, shop.faulty * 2),
    ):
        lot -= part
        if lot < 0:
            return fate
    return Fate.DELIVERED


def _lines(dice: Random, shop: Shop, land: Land) -> tuple[list[dict[str, Any]], float]:
    """The lines, and about what they cost together in dollars."""
    count = dice.choices((1, 2, 3), (76, 18, 6))[0]
    lines, total = [], 0.0
    offers = [(category, listing) for category in shop.categories for listing in GOODS[category]]
    for place, (category, listing) in enumerate(dice.sample(offers, count), 1):
        dollars = _asked(shop, listing)
        quantity = 1 if dollars > 60 else dice.choices((1, 2, 4), (85, 12, 3))[0]
        price = _price(dollars * quantity, land)
        freight = _price(dice.choice((0, 0, 3.9, 5.9, 12)), land)
        total += dollars * quantity
        lines.append(
            {
                "external_id": str(place),
                "sku": f"{category[:3].upper()}-{GOODS[category].index(listing) + 101}",
                "title": listing.title,
                "category": category,
                "description": listing.description,
                "quantity": quantity,
                "price": price.to_json(),
                "freight": freight.to_json(),
            }
        )
    return lines, total


def _asked(shop: Shop, listing: Listing) -> float:
    """What this shop asks for it, in dollars: always the same. Most things cost little."""
    part: float = Random(f"{shop.ref} {listing.title}").random() ** 1.6  # noqa: S311
    return listing.low + (listing.high - listing.low) * part


def _price(dollars: float, land: Land) -> Money:
    """An amount as shops write it: it ends in 90 cents, or in tens where there are no cents."""
    if not dollars:
        return Money(0, land.currency)
    digits = exponent(land.currency)
    whole = max(1, round(dollars * land.per_dollar))
    if not digits:
        return Money(max(10, whole // 10 * 10), land.currency)
    return Money(whole * 10**digits - 10 ** (digits - 1), land.currency)
