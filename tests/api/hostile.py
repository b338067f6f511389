"""Values that break programs, and a good body for each POST to put them in."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.answers import deny
from tests.factories import a_case, an_order, seller_of

Path = tuple[str | int, ...]
MONEY = {"currency_code": "USD", "value": "1.00"}
LINE = {
    "external_id": "1",
    "title": "Cup",
    "quantity": 1,
    "price": dict(MONEY),
    "freight": dict(MONEY),
}
ORDER = {
    "external_id": "new-1",
    "purchase_ref": "p-1",
    "seller": {"external_id": "s-1", "name": "Shop", "country": "CN"},
    "buyer": {"external_id": "b-1", "name": "Ann", "country": "BR"},
    "status": "ACTIVE",
    "said_delivered": False,
    "lines": [LINE],
    "refunded": dict(MONEY),
    "purchased_at": "2026-01-01T00:00:00Z",
    "ship_by": "2026-01-05T00:00:00Z",
    "promised_on": "2026-02-01",
    "destination": "BR",
    "zone": "America/Sao_Paulo",
}
SHIPMENT = {
    "external_id": "parcel-1",
    "order": "new-1",
    "carrier": "UPS",
    "tracking_number": "1Z5R89390357567127",
    "handed_over_at": "2026-01-03T00:00:00Z",
    "delivered_at": "2026-01-09T00:00:00Z",
    "signed_by": "Ann",
}
SCAN = {
    "external_id": "scan-1",
    "shipment": "parcel-1",
    "status": "in_transit",
    "carrier_code": "T1",
    "description": "On its way",
    "location": "Santos",
    "happened_at": "2026-01-04T00:00:00Z",
}


def claim() -> dict[str, Any]:
    order = an_order()
    return {
        "order": order.external_id,
        "buyer": order.buyer.external_id,
        "reason": "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED",
        "sub_reason": "DAMAGED",
        "lines": ["1"],
        "requested_amount": MONEY,
        "note": "Broken.",
    }


# For each POST: a body that is good where `case` stands.
BODIES: dict[str, Callable[[], Any]] = {
    "/orders": lambda: {"items": [copy.deepcopy(ORDER)]},
    "/shipments": lambda: {"items": [dict(SHIPMENT)]},
    "/tracking-events": lambda: {"items": [dict(SCAN)]},
    "/disputes": claim,
    "/disputes/{dispute_id}/send-message": lambda: {"message": "Hello", "as": "BUYER"},
    "/disputes/{dispute_id}/accept-claim": lambda: {"as": "SELLER"},
    "/disputes/{dispute_id}/deny": lambda: {"reason": "OTHER", "note": "No.", "as": "SELLER"},
    "/disputes/{dispute_id}/make-offer": lambda: {
        "offer_type": "REFUND_WITH_RETURN",
        "offer_amount": MONEY,
        "note": "Half?",
        "return_address": "5 Mill Lane",
        "as": "SELLER",
    },
    "/disputes/{dispute_id}/accept-offer": lambda: {"note": "Yes.", "as": "BUYER"},
    "/disputes/{dispute_id}/deny-offer": lambda: {"note": "No.", "as": "BUYER"},
    "/disputes/{dispute_id}/ask-extension": lambda: {
        "hours": 24,
        "reason": "Travel.",
        "as": "SELLER",
    },
    "/disputes/{dispute_id}/extend": lambda: {"hours": 24, "reason": "Rest.", "as": "BUYER"},
    "/disputes/{dispute_id}/give-return-address": lambda: {
        "return_address": "5 Mill Lane",
        "as": "SELLER",
    },
    "/disputes/{dispute_id}/ship-return": lambda: {
        "carrier": "UPS",
        "tracking_number": "1Z5R89390357567127",
        "as": "BUYER",
    },
    "/disputes/{dispute_id}/acknowledge-return-item": lambda: {
        "acknowledgement_type": "DAMAGED",
        "note": "Scratched.",
        "deduction_percent": 10,
        "as": "SELLER",
    },
    "/disputes/{dispute_id}/accept-deduction": lambda: {"as": "BUYER"},
    "/disputes/{dispute_id}/contest-deduction": lambda: {"note": "No.", "as": "BUYER"},
    "/disputes/{dispute_id}/escalate": lambda: {"note": "Decide.", "as": "BUYER"},
    "/disputes/{dispute_id}/withdraw": lambda: {"as": "BUYER"},
    "/disputes/{dispute_id}/provide-evidence": lambda: {
        "evidence_type": "OTHER",
        "note": "See.",
        "carrier": "UPS",
        "tracking_number": "1Z5R89390357567127",
        "files": [],
        "as": "SELLER",
    },
    "/disputes/{dispute_id}/provide-supporting-info": lambda: {
        "evidence_type": "OTHER",
        "note": "See.",
        "carrier": "UPS",
        "tracking_number": "1Z5R89390357567127",
        "files": [],
        "as": "SELLER",
    },
    "/disputes/{dispute_id}/appeal": lambda: {"text": "The carrier found it.", "as": "SELLER"},
    "/disputes/{dispute_id}/read": lambda: {"message_id": 7, "as": "BUYER"},
    "/disputes/{dispute_id}/links": lambda: {
        "as": "SELLER",
        "expires_at": (timezone.now() + timedelta(days=9)).isoformat(),
    },
    "/disputes/{dispute_id}/uploads": lambda: {"name": "a.jpg", "size": 9, "as": "BUYER"},
    "/disputes/{dispute_id}/uploads/{upload_id}/complete": lambda: {"as": "BUYER"},
    "/rulebooks/{number}/evaluate": lambda: {
        "table": "claim_limit",
        "inputs": {"reason": "DAMAGED"},
    },
}

DEEP: Any = "x"
for _ in range(30):
    DEEP = [DEEP]
# None of these is right for any field that holds a text, a word of a list, a time or an amount.
FOR_TEXT: list[Any] = [
    True,
    0,
    -1,
    1.5,
    10**18,
    10**30,
    [],
    {},
    ["x"],
    {"x": "y"},
    DEEP,
    "nul \0 inside",
    "half \ud800 a character",
    "x" * 100_000,
]
FOR_OTHERS: list[Any] = ["", "x", -1, 1.5, 10**18, 10**30, DEEP, "\0", "\ud800"]
FOR_MONEY: list[Any] = ["", "USD", "1.00", 1, -1.5, [], ["USD", 1], {}, {"value": "1.00"}]
FOR_VALUES: list[Any] = ["", "-1.00", "1.001", "1e3", "NaN", "1,00", "٣", "9" * 15, "9" * 400]
FOR_CURRENCIES: list[Any] = ["", "usd", "XXX", "EURO", "US\0"]


def fields(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every field of a body, each with its path and its good value."""
    items: Any = []
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        yield (*path, key), item
        yield from fields(item, (*path, key))


def bad_values(path: Path, good: Any) -> list[Any]:
    """What is wrong at `path`."""
    if path[-1] == "currency_code":
        return FOR_TEXT + FOR_CURRENCIES
    if path[-1] == "value":
        return FOR_TEXT + FOR_VALUES
    if isinstance(good, dict):
        return FOR_MONEY if "currency_code" in good else [None, 1, "x", [], DEEP]
    if isinstance(good, list):
        return [None, 1, "x", {}, [None], [[]], DEEP]
    return FOR_TEXT if isinstance(good, str) else FOR_OTHERS


def replaced(body: Any, path: Path, value: Any) -> Any:
    """`body` with another value at `path`."""
    changed = copy.deepcopy(body)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def named(path: Path) -> str:
    """A path as problems write it: `lines[0].price.value`."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}"
    return text.lstrip(".")


def denied_case() -> Case:
    """A case in which both sides may speak and escalate."""
    case = a_case()
    act(deny, case.public_id, seller_of(case), timezone.now(), reason="OTHER", note="No.")
    return case
