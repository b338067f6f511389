"""Parcels that go back say nothing of the order's own delivery."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backoffice.orders.models import Order, OrderChange, Shipment
from backoffice.orders.service.feed import feed_shipments, feed_tracking_events
from tests.factories import an_order

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def feed(order: Order, direction: str = "RETURN", **facts: Any) -> Any:
    item = {"external_id": "p-1", "order": order.external_id, "direction": direction, **facts}
    (answer,) = feed_shipments([item], NOW)
    return answer


def scan(status: str, ref: str = "p-1") -> None:
    at = (NOW - timedelta(hours=1)).isoformat()
    feed_tracking_events([{"shipment": ref, "status": status, "happened_at": at}], NOW)


def changes() -> list[str]:
    return list(OrderChange.objects.values_list("kind", flat=True))


def test_a_return_that_is_delivered_leaves_the_order_undelivered() -> None:
    order = an_order(NOW)
    feed(order, delivered_at=NOW.isoformat())
    order.refresh_from_db()
    assert (order.delivered_at, changes()) == (None, ["RETURN"])


def test_a_scan_of_a_return_tells_of_the_return() -> None:
    order = an_order(NOW)
    feed(order)
    scan("delivered")
    order.refresh_from_db()
    assert (order.delivered_at, changes()) == (None, ["RETURN", "RETURN"])
    assert Shipment.objects.get().delivered_at == NOW - timedelta(hours=1)


def test_a_return_that_is_lost_is_no_trouble_of_the_order() -> None:
    feed(an_order(NOW))
    scan("lost")
    assert changes() == ["RETURN", "RETURN"]


def test_a_direction_never_changes() -> None:
    order = an_order(NOW)
    feed(order)
    answer = feed(order, "OUTBOUND")
    assert [(e.field, e.issue) for e in answer.errors] == [("direction", "immutable")]


def test_an_unknown_direction_is_refused() -> None:
    answer = feed(an_order(NOW), "SIDEWAYS")
    assert [(e.field, e.issue) for e in answer.errors] == [("direction", "unknown_value")]
