"""Items to feed, each an ordinary one but for what is said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def usd(value: str, currency: str = "USD") -> dict[str, str]:
    """An amount as it is fed."""
    return {"currency_code": currency, "value": value}


def line(external_id: str = "1", **said: Any) -> dict[str, Any]:
    """A line of 10.00 USD and 2.50 USD freight."""
    told = {"external_id": external_id, "price": usd("10.00"), "freight": usd("2.50")}
    return told | said


def order(external_id: str = "O1", **said: Any) -> dict[str, Any]:
    """An order of one line, purchased on 1 March 2026, promised for the 20th."""
    told = {
        "external_id": external_id,
        "purchase_ref": "P1",
        "seller": {"external_id": "S1", "name": "Shop"},
        "buyer": {"external_id": "B1"},
        "lines": [line()],
        "purchased_at": "2026-03-01T12:00:00Z",
        "promised_on": "2026-03-20",
        "destination": "US",
    }
    return told | said


def shipment(external_id: str = "X1", order: str = "O1", **said: Any) -> dict[str, Any]:
    """A parcel of order O1."""
    return {"external_id": external_id, "order": order} | said


def scan(status: str, at: str, shipment: str = "X1", **said: Any) -> dict[str, Any]:
    """A scan of parcel X1; `at` is a day of March 2026 and an hour, such as "04T10"."""
    told = {"shipment": shipment, "status": status, "happened_at": f"2026-03-{at}:00:00Z"}
    return told | said
