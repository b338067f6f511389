"""Random walks: what befalls cases: feeds, pauses, rulings for many, second looks."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from backoffice.common.actors import Actor
from backoffice.common.errors import DomainError
from backoffice.files.models import StoredFile
from backoffice.orders.enums import ChangeKind, TrackingStatus
from backoffice.orders.models import Order, OrderChange
from backoffice.orders.service.feed import feed_shipments, feed_tracking_events
from disputes.enums import BorneBy, QualityVerdict
from disputes.lifecycle import State
from disputes.models import Case, QualityCheck
from disputes.service.alike import decide_alike
from disputes.service.pauses import declare_pause
from disputes.service.quality import look_again
from tests.disputes.walking_settlements import NUMBERS

SCANS = [s.value for s in TrackingStatus]
_numbers = count(1)


def feed_parcel(order: Order, now: datetime, staff: list[Actor], chance: Random) -> bool:
    """The marketplace tells of the order's parcel, or of one that goes back, and of a scan."""
    direction = chance.choice(["OUTBOUND", "RETURN", "RETURN"])
    number = chance.choice(NUMBERS)
    parcel = {
        "external_id": f"{order.external_id}-{direction}-{number}",
        "order": order.external_id,
        "direction": direction,
        "carrier": "UPS",
        "tracking_number": number,
        "handed_over_at": (now - timedelta(hours=chance.randint(0, 48))).isoformat(),
    }
    if chance.random() < 0.5:
        parcel["delivered_at"] = now.isoformat()
    feed_shipments([parcel], now)
    if chance.random() < 0.5:
        status = chance.choice(SCANS)
        scan = {"shipment": parcel["external_id"], "status": status, "happened_at": now.isoformat()}
        feed_tracking_events([scan], now)
    return True


def replacement_comes(order: Order, now: datetime) -> None:
    """What was agreed on is sent, and delivered."""
    parcel = {
        "external_id": f"{order.external_id}-replacement",
        "order": order.external_id,
        "handed_over_at": (now - timedelta(minutes=2)).isoformat(),
        "delivered_at": (now - timedelta(minutes=1)).isoformat(),
    }
    feed_shipments([parcel], now)


def refund(order: Order, now: datetime, staff: list[Actor], chance: Random) -> bool:
    """The marketplace gives the buyer money on its own: mostly little, at times all and more."""
    stored = Order.objects.get(pk=order.pk)
    percent = chance.randint(1, chance.choice([20, 20, 20, 120]))
    minor = max(1, stored.items_minor * percent // 100)
    stored.refunded_minor += minor
    stored.save()
    OrderChange.objects.create(order=order, kind=ChangeKind.REFUNDED, at=now)
    return True


def pause(order: Order, now: datetime, staff: list[Actor], chance: Random) -> bool:
    """Somebody declares a strike, of one carrier or of all, that began, begins or will begin."""
    starts_at = now + timedelta(hours=chance.randint(-20, 40))
    ends_at = starts_at + timedelta(hours=chance.randint(1, 100))
    carrier = chance.choice(["", "", "UPS", "DHL"])
    try:
        declare_pause(starts_at, ends_at, "A strike.", staff[2], now, carrier)
    except DomainError:
        return False  # it meets another
    return True


def rule_alike(order: Order, now: datetime, staff: list[Actor], chance: Random) -> bool:
    """All cases of the order in review get one ruling; whether that was done."""
    actor = chance.choice(staff)
    percent, bearer = chance.randint(0, 100), chance.choice(BorneBy.values)
    cases = Case.objects.filter(order=order, state=State.UNDER_REVIEW)
    seen = dict(cases.values_list("public_id", "version"))
    if not seen:
        return False
    told: dict[str, Any] = {"percent": percent, "borne_by": bearer, "reason": "Alike."}
    try:
        decide_alike(seen, actor, now, **told)
    except DomainError:
        assert dict(cases.values_list("public_id", "version")) == seen
        return False
    return True


def second_look(order: Order, now: datetime, staff: list[Actor], chance: Random) -> bool:
    """Somebody looks again at what was drawn; no case may be changed by it."""
    actor, verdict = chance.choice(staff), chance.choice(list(QualityVerdict))
    check = QualityCheck.objects.filter(decision__case__order=order, verdict="").first()
    if check is None:
        return False
    try:
        look_again(check.pk, actor, now, verdict=verdict.value, note="As I see it.")
    except DomainError:
        return False
    return True


BEFALL = {
    "parcel": feed_parcel,
    "refund": refund,
    "pause": pause,
    "alike": rule_alike,
    "look": second_look,
}


def some_files(
    case_id: str, actor: Actor, now: datetime, how_many: int, kind: str = "DOCUMENT"
) -> list[StoredFile]:
    """So many files of the case that the actor uploaded."""
    seen = {"format": "PDF"} if kind == "DOCUMENT" else {"format": "JPEG", "width": 1, "height": 1}
    return [
        StoredFile.objects.create(
            public_id=f"W-{number:012}",
            subject=case_id,
            uploader_kind=actor.kind.value,
            uploader_ref=actor.ref,
            name="shown",
            kind=kind,
            size=1,
            sha256=f"{number:064x}",
            folder=f"files/W-{number}",
            at=now,
            **seen,
        )
        for number, _ in zip(_numbers, range(how_many), strict=False)
    ]
