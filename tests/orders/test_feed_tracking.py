"""Feeding shipments and scans, in whatever order they arrive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backoffice.orders.enums import ChangeKind, TrackingStatus
from backoffice.orders.models import Order, OrderChange, Shipment, TrackingEvent
from backoffice.orders.service.feed import (
    Answer,
    feed_orders,
    feed_shipments,
    feed_tracking_events,
)
from tests.orders.telling import NOW, order, scan, shipment

pytestmark = pytest.mark.django_db
DELIVERED = TrackingStatus.DELIVERED.value


def march(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def feed(*items: dict[str, Any]) -> list[Answer]:
    """Each item by itself, to the feed it is for."""
    answers = []
    for item in items:
        if "lines" in item:
            answers += feed_orders([item], NOW)
        elif "status" in item:
            answers += feed_tracking_events([item], NOW)
        else:
            answers += feed_shipments([item], NOW)
    return answers


def kinds() -> list[str]:
    return list(OrderChange.objects.order_by("id").values_list("kind", flat=True))


def test_scans_move_parcel_and_order() -> None:
    feed(order(), shipment(), scan("pending", "02T10"), scan("picked_up", "03T10"))
    stored = Order.objects.get()
    assert (stored.handed_over_at, stored.delivered_at) == (march(3), None)
    feed(scan(DELIVERED, "09T10"))
    stored.refresh_from_db()
    assert (stored.handed_over_at, stored.delivered_at) == (march(3), march(9))
    assert stored.watch_due_at is None
    assert kinds() == [ChangeKind.SHIPPED, ChangeKind.DELIVERED]


def test_what_came_too_early_is_kept_and_joined() -> None:
    answers = feed(scan(DELIVERED, "09T10"), shipment(handed_over_at="2026-03-03T10:00:00Z"))
    assert [a.flags for a in answers] == [["no_shipment_yet"], ["no_order_yet"]]
    assert TrackingEvent.objects.get().shipment == Shipment.objects.get()
    feed(order())
    stored = Order.objects.get()
    assert (stored.handed_over_at, stored.delivered_at) == (march(3), march(9))
    assert Shipment.objects.get().order == stored
    assert kinds() == [ChangeKind.SHIPPED, ChangeKind.DELIVERED]


def test_an_order_is_delivered_with_its_last_parcel() -> None:
    feed(order(), shipment("X1"), shipment("X2"), scan(DELIVERED, "09T10", "X1"))
    assert Order.objects.get().delivered_at is None
    feed(scan(DELIVERED, "12T10", "X2"))
    assert Order.objects.get().delivered_at == march(12)


def test_a_new_parcel_makes_a_delivered_order_wait_again() -> None:
    feed(order(), shipment("X1", delivered_at="2026-03-09T10:00:00Z"), shipment("X2"))
    stored = Order.objects.get()
    assert (stored.delivered_at, stored.watch_due_at) == (None, stored.deliver_by)


def test_a_parcel_cancelled_before_hand_over_is_not_waited_for() -> None:
    feed(order(), shipment("X1"), shipment("X2"), scan(DELIVERED, "09T10", "X1"))
    feed(scan("cancelled", "10T10", "X2"))
    assert Order.objects.get().delivered_at == march(9)


def test_the_marketplace_may_correct_its_word() -> None:
    feed(order(), shipment(delivered_at="2026-03-09T10:00:00Z"), shipment())
    stored = Order.objects.get()
    assert (stored.delivered_at, stored.watch_due_at) == (None, stored.deliver_by)


def test_a_correction_does_not_undo_a_scan() -> None:
    feed(
        order(), shipment(delivered_at="2026-03-08T10:00:00Z"), scan(DELIVERED, "09T10"), shipment()
    )
    assert Order.objects.get().delivered_at == march(9)


def test_an_ambiguous_delivery_counts_for_nothing() -> None:
    feed(order(), shipment(carrier="GLS"))
    [answer] = feed(scan(DELIVERED, "09T10", carrier_code="DeliveredPS"))
    event = TrackingEvent.objects.get()
    assert (answer.result, answer.flags) == ("created", ["ambiguous_code"])
    assert (event.status, event.ambiguous) == (TrackingStatus.UNKNOWN, True)
    assert Order.objects.get().delivered_at is None


def test_an_ambiguous_delivery_is_found_out_when_its_shipment_comes() -> None:
    feed(scan(DELIVERED, "09T10", carrier_code="DELIVEREDPS"), order(), shipment(carrier="gls"))
    assert Order.objects.get().delivered_at is None
    assert TrackingEvent.objects.get().ambiguous


def test_a_scan_is_final_but_for_its_texts() -> None:
    feed(order(), shipment(), scan("picked_up", "03T10", external_id="E1"))
    again = feed(
        scan("picked_up", "03T10", external_id="E1"),
        scan("picked_up", "03T10", external_id="E1", location="Kew VIC"),
        scan(DELIVERED, "03T10", external_id="E1"),
    )
    assert [a.result for a in again] == ["unchanged", "updated", "rejected"]
    assert [(e.field, e.issue) for e in again[2].errors] == [("external_id", "immutable")]
    event = TrackingEvent.objects.get()
    assert (event.status, event.location) == ("picked_up", "Kew VIC")


def test_scans_without_ids_are_told_apart_by_what_they_say() -> None:
    told = [scan("picked_up", "03T10"), scan("in_transit", "03T10"), scan("picked_up", "03T10")]
    feed(order(), shipment())
    assert [a.result for a in feed_tracking_events(told, NOW)] == [
        "created",
        "created",
        "unchanged",
    ]


def test_a_lost_parcel_is_told_once_a_batch() -> None:
    feed(order(), shipment(), scan("picked_up", "03T10"))
    feed_tracking_events([scan("lost", "05T10"), scan("lost", "06T10")], NOW)
    assert kinds() == [ChangeKind.SHIPPED, ChangeKind.TRACKING]


def test_a_parcel_lost_before_its_order_came_is_told() -> None:
    feed(scan("lost", "05T10"), shipment(), order())
    assert sorted(kinds()) == [ChangeKind.SHIPPED, ChangeKind.TRACKING]


def test_a_shipment_stays_with_its_order() -> None:
    [_, answer] = feed(shipment(), shipment(order="O2"))
    assert [(e.field, e.issue) for e in answer.errors] == [("order", "immutable")]


def test_a_tracking_number_is_a_hint() -> None:
    feed(order())
    told = [
        shipment("X1", tracking_number="1Z5R89390357567127", carrier="ups"),
        shipment("X2", tracking_number="1Z5R89390357567128", carrier="ups"),
        shipment("X3", tracking_number="?"),
        shipment("X4"),
    ]
    flags = [["number_checksum_wrong"], ["number_unknown_format"], []]
    assert [a.flags for a in feed_shipments(told, NOW)] == [[], *flags]
    assert list(Shipment.objects.order_by("external_id").values_list("number_hint", flat=True)) == [
        "valid",
        "checksum wrong",
        "unknown format",
        "",
    ]


def test_a_late_first_scan_does_not_extend_the_promise() -> None:
    feed(order(), shipment(handed_over_at="2026-05-20T10:00:00Z"))
    stored = Order.objects.get()
    assert stored.deliver_by == stored.purchased_at + timedelta(days=60)


def test_a_late_first_scan_restarts_the_promise_where_the_rulebook_said_so() -> None:
    feed(order())
    Order.objects.update(late_scan_restarts=True, claimable_at=march(1), watch_due_at=None)
    feed(shipment(handed_over_at="2026-05-20T10:00:00Z"))
    stored = Order.objects.get()
    assert stored.deliver_by == datetime(2026, 7, 19, 10, tzinfo=UTC) == stored.watch_due_at
    assert stored.claimable_at is None
