"""What is fed of an order's parcel, each fact at the moment the marketplace learns of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from backoffice.orders.enums import TrackingStatus
from disputes.demo.couriers import COURIERS, Courier, Leg, courier_for, journey, mistyped
from disputes.demo.parties import Land, Shop

PRECIOUS = 400  # dollars; from here on parcels go by express and are signed for
NO_PARCEL = ("CANCELLED", "UNSENT")


@dataclass(frozen=True)
class Fact:
    """An item of the feed (`kind`: shipments or tracking_events) and when it is told."""

    at: datetime
    kind: str
    item: dict[str, Any]


@dataclass(frozen=True)
class Parcel:
    """A parcel's story: who sends it where, when it was bought, and how it ends (a Fate)."""

    order: str
    shop: Shop
    land: Land
    recipient: str
    fate: str
    purchased_at: datetime
    dollars: float


def facts_of(dice: Random, parcel: Parcel) -> list[Fact]:
    """What is told of the parcel, in order: its shipment, then its scans."""
    if parcel.fate in NO_PARCEL:
        return []
    courier = _courier(dice, parcel)
    number = courier.number(dice, parcel.shop.country)
    sluggish = parcel.shop.unsent > 0.03
    handed_over = parcel.purchased_at + timedelta(days=dice.uniform(0.4, 8 if sluggish else 3.5))
    shipment = {
        "external_id": f"{parcel.order}-A",
        "order": parcel.order,
        "carrier": courier.name,
        "tracking_number": number,
    }
    if parcel.fate == "LABEL_ONLY":
        if dice.random() < 0.5:
            shipment["tracking_number"] = mistyped(number)
        label = Leg(0, TrackingStatus.PENDING, "Label created, parcel not handed over yet", "")
        scan = _scan(dice, parcel, courier, label, handed_over)
        return [Fact(handed_over, "shipments", shipment), scan]
    shipment["handed_over_at"] = _told(handed_over)
    scans = [
        _scan(dice, parcel, courier, leg, handed_over + timedelta(days=leg.part))
        for leg in _way(dice, parcel)
    ]
    facts = [Fact(handed_over, "shipments", shipment), *scans]
    return [*facts, *_signature(dice, parcel, shipment, scans[-1])]


def _courier(dice: Random, parcel: Parcel) -> Courier:
    if parcel.fate == "SHOP_PICKUP":
        return COURIERS["GLS"]
    precious = parcel.dollars >= PRECIOUS
    return courier_for(dice, parcel.shop.country, parcel.land.country, precious)


def _way(dice: Random, parcel: Parcel) -> list[Leg]:
    """The legs of this parcel, `part` counted in days after hand-over."""
    abroad = parcel.shop.country != parcel.land.country
    low, high = (2, 5) if not abroad else (3, 8) if parcel.dollars >= PRECIOUS else (8, 24)
    days = dice.uniform(low, high)
    city = dice.choice(parcel.land.cities)
    whole = [
        leg._replace(part=leg.part * days, place=leg.place or parcel.land.country)
        for leg in journey(parcel.shop.city, city, abroad)
    ]
    status = TrackingStatus
    if parcel.fate == "STUCK":
        stop = dice.choice((status.ON_HOLD, status.DELIVERY_DELAYED, status.IN_TRANSIT))
        text = "Held at customs" if stop == status.ON_HOLD else "Delayed; no further information"
        return [*_first_part(dice, whole), Leg(days * 0.9, stop, text, "")]
    if parcel.fate == "LOST":
        end = days + dice.uniform(14, 24)
        return [*_first_part(dice, whole), Leg(end, status.LOST, "Lost; search closed", "")]
    if parcel.fate == "RETURNED":
        back = Leg(days + dice.uniform(4, 12), status.RETURN_TO_SENDER, "Returned to sender", "")
        failed = Leg(days, status.DELIVERY_FAILED, "Delivery failed: address incomplete", city)
        return [*whole[:-2], failed, back]
    if parcel.fate == "VERY_LATE":
        wait = dice.uniform(61, 74) - days - 4
        return [*whole[:2], *(leg._replace(part=leg.part + wait) for leg in whole[2:])]
    if parcel.fate == "SHOP_PICKUP":
        return [*whole[:-1], whole[-1]._replace(text="Delivered to parcel shop")]
    return whole


def _first_part(dice: Random, legs: list[Leg]) -> list[Leg]:
    return legs[: dice.randint(2, len(legs) - 3)]


def _scan(dice: Random, parcel: Parcel, courier: Courier, leg: Leg, at: datetime) -> Fact:
    code = courier.codes.get(leg.status.value, "")
    if parcel.fate == "SHOP_PICKUP" and leg.status == TrackingStatus.DELIVERED:
        code = "DELIVEREDPS"  # GLS's word for both: brought to a shop, and collected there
    item = {
        "shipment": f"{parcel.order}-A",
        "status": leg.status.value,
        "carrier_code": code,
        "description": leg.text,
        "location": leg.place,
        "happened_at": _told(at),
    }
    return Fact(at + timedelta(minutes=dice.randint(2, 90)), "tracking_events", item)


def _signature(dice: Random, parcel: Parcel, shipment: dict[str, Any], last: Fact) -> list[Fact]:
    """The name of who signed, told with the delivery of something precious."""
    delivered = last.item["status"] == TrackingStatus.DELIVERED
    if not delivered or parcel.dollars < PRECIOUS or dice.random() < 0.2:
        return []
    signed = shipment | {"signed_by": parcel.recipient}
    return [Fact(last.at + timedelta(minutes=1), "shipments", signed)]


def _told(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()
