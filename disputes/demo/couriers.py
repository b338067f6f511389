"""Parcels: who carries them, under which numbers, and what is scanned on the way."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from string import digits
from typing import NamedTuple

from backoffice.orders.enums import TrackingStatus
from backoffice.orders.tracking_numbers.checksums import CHECKSUMS

Numbers = Callable[[Random, str], str]
CAPITALS_AND_DIGITS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"


def _some(dice: Random, count: int, characters: str = digits) -> str:
    return "".join(dice.choices(characters, k=count))


def _checked(checksum: str, head: str, count: int, tail: str = "") -> Numbers:
    """Numbers of `head`, `count` digits, and the check digit of both."""

    def number(dice: Random, origin: str) -> str:
        body = head + _some(dice, count)
        return body + CHECKSUMS[checksum](body) + tail

    return number


def _s10(*services: str) -> Numbers:
    """UPU S10: a service's two letters, eight digits, the check digit, the country of origin."""

    def number(dice: Random, origin: str) -> str:
        body = _some(dice, 8)
        return f"{dice.choice(services)}{body}{CHECKSUMS['s10'](body)}{origin}"

    return number


def _ups(dice: Random, origin: str) -> str:
    body = _some(dice, 6, CAPITALS_AND_DIGITS) + dice.choice(("03", "08", "68")) + _some(dice, 7)
    return f"1Z{body}{CHECKSUMS['mod10_by_one_and_two'](body)}"


class Courier(NamedTuple):
    """A carrier by the name it is fed with, its numbers, and its codes for some statuses."""

    name: str
    number: Numbers
    codes: dict[str, str] = {}


_POST = _s10("RR", "LX", "CP", "EE")
_UPS_CODES = (
    "pending=MP picked_up=OR in_transit=I out_for_delivery=OT delivered=D on_hold=X lost=LP"
)
_FEDEX_CODES = (
    "pending=OC picked_up=PU in_transit=AR out_for_delivery=OD delivered=DL on_hold=HA"
    " return_to_sender=RS delivery_failed=DE"
)
_GLS_CODES = (
    "pending=PREADVICE in_transit=INTRANSIT out_for_delivery=INDELIVERY delivered=DELIVERED"
    " delivery_failed=NOTDELIVERED"
)


def _codes(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


COURIERS = {
    courier.name: courier
    for courier in (
        Courier("USPS", _checked("gs1", "9400", 17)),
        Courier("UPS", _ups, _codes(_UPS_CODES)),
        Courier("FedEx", _checked("mod11_then_10", "", 11), _codes(_FEDEX_CODES)),
        Courier("DHL", _checked("mod7", "", 9)),
        Courier("DPD", _checked("mod37_36", "", 14)),
        Courier("GLS", lambda dice, _: _some(dice, 8, CAPITALS_AND_DIGITS), _codes(_GLS_CODES)),
        Courier("Canada Post", _checked("gs1", "", 15)),
        Courier("YunExpress", lambda dice, _: f"YT{_some(dice, 16)}"),
        *(
            Courier(name, _POST)
            for name in (
                "Royal Mail",
                "La Poste",
                "Correios",
                "Japan Post",
                "China Post",
                "Australia Post",
            )
        ),
    )
}
# Who brings parcels to a country's doors.
LOCAL = {
    "US": ("USPS", "UPS", "FedEx"),
    "GB": ("Royal Mail", "DPD"),
    "DE": ("DHL", "GLS", "DPD"),
    "FR": ("La Poste", "DHL"),
    "ES": ("DPD", "GLS"),
    "BR": ("Correios",),
    "JP": ("Japan Post",),
    "CN": ("China Post",),
    "CA": ("Canada Post", "UPS"),
    "AU": ("Australia Post",),
    "KW": ("DHL",),
}
EXPRESS = ("DHL", "FedEx", "UPS")
CONSOLIDATORS = ("YunExpress", "China Post")


def courier_for(dice: Random, origin: str, destination: str, precious: bool) -> Courier:
    """Who carries a parcel: express if precious, a consolidator from China, else the local one."""
    if precious and origin != destination:
        return COURIERS[dice.choice(EXPRESS)]
    if origin in ("CN", "HK") and destination != "CN" and dice.random() < 0.7:
        return COURIERS[dice.choice(CONSOLIDATORS)]
    return COURIERS[dice.choice(LOCAL[destination])]


def mistyped(number: str) -> str:
    """`number` with one digit before the last changed, so that its check digit is wrong."""
    place = max(i for i, character in enumerate("0" + number[:-1]) if character.isdigit()) - 1
    return f"{number[:place]}{(int(number[place]) + 1) % 10}{number[place + 1 :]}"


class Leg(NamedTuple):
    """A scan: how far into the journey (0 to 1), its status, text and place."""

    part: float
    status: TrackingStatus
    text: str
    place: str


def journey(start: str, end: str, abroad: bool) -> list[Leg]:
    """The scans of a parcel that is delivered, from hand-over to door."""
    status = TrackingStatus
    legs = [
        Leg(0.0, status.PICKED_UP, "Accepted from sender", start),
        Leg(0.08, status.IN_TRANSIT, "Left the sorting centre", start),
    ]
    if abroad:
        legs += [
            Leg(0.25, status.IN_TRANSIT, "Departed country of origin", start),
            Leg(0.6, status.IN_TRANSIT, "Arrived in destination country", ""),
            Leg(0.72, status.IN_TRANSIT, "Released by customs", ""),
        ]
    return [
        *legs,
        Leg(0.85, status.IN_TRANSIT, "Arrived at local depot", end),
        Leg(0.96, status.OUT_FOR_DELIVERY, "Out for delivery", end),
        Leg(1.0, status.DELIVERED, "Delivered", end),
    ]
