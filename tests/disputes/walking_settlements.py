"""Random walks: the verbs by which the sides settle, what is said with them, what must hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from backoffice.common.money import Money
from backoffice.files.enums import Format, Kind
from backoffice.files.models import StoredFile
from backoffice.orders.enums import ChangeKind, Direction
from backoffice.orders.models import Order, OrderChange, Shipment
from disputes.enums import Acknowledgement, OfferType
from disputes.lifecycle import RETURN_STATES, State, Verb
from disputes.models import Offer, Return
from disputes.verbs import acknowledgements, extensions, offers, returns

VERBS: dict[Verb, Callable[..., Any]] = {
    Verb.MAKE_OFFER: offers.make_offer,
    Verb.ACCEPT_OFFER: offers.accept_offer,
    Verb.DENY_OFFER: offers.deny_offer,
    Verb.EXTEND: extensions.extend,
    Verb.GIVE_RETURN_ADDRESS: returns.give_return_address,
    Verb.SHIP_RETURN: returns.ship_return,
    Verb.ACKNOWLEDGE_RETURN: acknowledgements.acknowledge_return,
    Verb.ACCEPT_DEDUCTION: acknowledgements.accept_deduction,
    Verb.CONTEST_DEDUCTION: acknowledgements.contest_deduction,
}
ASKED = {"SELLER": State.OFFER_TO_BUYER, "BUYER": State.OFFER_TO_SELLER}
NUMBERS = ["1Z5R89390357567127", "RB123456785US"]


def params(verb: Verb, data: st.DataObject) -> dict[str, object]:
    """What is said with a verb: mostly right, sometimes not."""
    choose = lambda values: data.draw(st.sampled_from(values))  # noqa: E731
    match verb:
        case Verb.MAKE_OFFER:
            minor = data.draw(st.none() | st.integers(1, 900) | st.integers(-1, 60_000))
            amount = None if minor is None else Money(minor, choose(["USD"] * 9 + ["EUR"]))
            address = choose(["", "", "5 Mill Lane"])
            kind = choose(OfferType.values)
            return {"offer_type": kind, "amount": amount, "return_address": address}
        case Verb.ACCEPT_OFFER:
            return {"return_address": choose(["", "", "5 Mill Lane"])}
        case Verb.EXTEND:
            return {"hours": data.draw(st.integers(0, 200)), "reason": "A holiday."}
        case Verb.GIVE_RETURN_ADDRESS:
            return {"address": choose(["5 Mill Lane", " "])}
        case Verb.SHIP_RETURN:
            return {"carrier": "UPS", "tracking_number": choose([*NUMBERS, ""])}
        case Verb.ACKNOWLEDGE_RETURN:
            kind, percent = choose(Acknowledgement.values), data.draw(st.integers(0, 60))
            asked = percent if kind == Acknowledgement.DAMAGED else choose([0, 0, 0, percent])
            shown = (a_photo(),) if asked and choose([True] * 9 + [False]) else ()
            said = {"acknowledgement": kind, "note": "As told.", "deduction_percent": asked}
            return said | {"files": shown}
        case Verb.CONTEST_DEDUCTION:
            return {"note": "It was new."}
    return {}


def a_photo() -> StoredFile:
    """A photo, of which a verb sees no more than this row."""
    row = {
        "subject": "RD-WALK",
        "uploader_kind": "SELLER",
        "name": "back.jpg",
        "kind": Kind.PHOTO.value,
        "format": Format.JPEG.value,
        "size": 1,
        "sha256": "0" * 64,
        "width": 1,
        "height": 1,
        "at": datetime(2026, 3, 1, tzinfo=UTC),
    }
    return StoredFile.objects.get_or_create(public_id="F-WALK", defaults=row)[0]


def feed_return(order: Order, now: datetime, delivered: bool, data: st.DataObject) -> None:
    """The marketplace tells of a parcel that goes back."""
    number = data.draw(st.sampled_from(NUMBERS))
    seen, _ = Shipment.objects.get_or_create(
        external_id=f"{order.external_id}-{number}",
        defaults={
            "order_ref": order.external_id,
            "order": order,
            "direction": Direction.RETURN,
            "tracking_number": number,
            "handed_over_at": now,
            "fed_at": now,
        },
    )
    if delivered and not seen.delivered_at:
        Shipment.objects.filter(pk=seen.pk).update(delivered_at=now)
    OrderChange.objects.create(order=order, kind=ChangeKind.RETURN, at=now)


def settlements_hold(cases: list[dict[str, Any]]) -> None:
    """An open offer, and an open return, stand in their own states and nowhere else."""
    ids = [case["id"] for case in cases]
    offered = dict(Offer.objects.filter(case_id__in=ids, answer="").values_list("case_id", "by"))
    going_back = set(
        Return.objects.filter(case_id__in=ids, ended_at=None).values_list("case_id", flat=True)
    )
    for case in cases:
        by = offered.get(case["id"])
        assert (case["state"] in ASKED.values()) == (by is not None)
        assert by is None or ASKED[by] == case["state"]
        assert (case["id"] in going_back) == (case["state"] in RETURN_STATES)
    paid = Return.objects.filter(
        case_id__in=ids, result="REFUNDED", case__state=State.RESOLVED_IN_REVIEW
    ).select_related("case")
    for back in paid:
        agreed = Money(back.refund_minor, back.case.currency)
        earned = agreed - agreed.percent(back.deduction_percent)
        came = back.case.refunded_minor + back.case.credited_minor
        assert came == max(earned.minor, back.case.credited_minor)
