"""Feeds side by side: nothing twice, nothing lost, no error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, transaction

from backoffice.orders.models import Order, OrderChange, Seller, Shipment, TrackingEvent
from backoffice.orders.service.changes import Change, take_changes
from backoffice.orders.service.feed import feed_orders, feed_shipments, feed_tracking_events
from tests.orders.telling import NOW, order, scan, shipment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
T = TypeVar("T")
REFS = [str(i) for i in range(40)]


def at_once(*works: Callable[[], T]) -> list[T]:
    """What each of `works` returns, all begun together in threads of their own."""
    start = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        try:
            start.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


def test_the_same_new_orders_fed_by_eight_are_created_once() -> None:
    items = [order(f"O{ref}", seller={"external_id": f"S{ref}"}) for ref in REFS]
    backwards = items[::-1]
    told = at_once(*[lambda i=i: feed_orders(i, NOW) for i in [items, backwards] * 4])
    results = Counter(str(answer.result) for answers in told for answer in answers)
    assert results == {"created": 40, "unchanged": 280}
    assert (Order.objects.count(), Seller.objects.count()) == (40, 40)


def test_the_same_new_scans_fed_by_eight_are_created_once() -> None:
    feed_orders([order()], NOW)
    feed_shipments([shipment()], NOW)
    items = [scan("in_transit", "03T10", carrier_code=ref) for ref in REFS]
    told = at_once(*[lambda i=i: feed_tracking_events(i, NOW) for i in [items, items[::-1]] * 4])
    assert Counter(str(a.result) for answers in told for a in answers)["created"] == 40
    assert TrackingEvent.objects.count() == 40


def test_orders_shipments_and_scans_fed_at_once_find_each_other() -> None:
    orders = [order(f"O{ref}") for ref in REFS]
    parcels = [shipment(f"X{ref}", f"O{ref}") for ref in REFS]
    scans = [scan("delivered", "09T10", f"X{ref}") for ref in REFS]
    at_once(
        *(
            work
            for i in range(0, 40, 8)
            for work in (
                lambda i=i: feed_orders(orders[i : i + 8], NOW),
                lambda i=i: feed_shipments(parcels[i : i + 8][::-1], NOW),
                lambda i=i: feed_tracking_events(scans[i : i + 8], NOW),
            )
        )
    )
    assert Shipment.objects.exclude(order=None).count() == 40
    assert TrackingEvent.objects.exclude(shipment=None).count() == 40
    assert Order.objects.exclude(delivered_at=None).count() == 40


def test_scans_of_one_order_fed_at_once_all_count() -> None:
    feed_orders([order()], NOW)
    feed_shipments([shipment(f"X{ref}") for ref in REFS], NOW)
    at_once(
        *[
            lambda ref=ref: feed_tracking_events([scan("delivered", "09T10", f"X{ref}")], NOW)
            for ref in REFS[:8]
        ],
        lambda: feed_tracking_events(
            [scan("delivered", "09T10", f"X{ref}") for ref in REFS[8:]], NOW
        ),
    )
    assert Order.objects.exclude(delivered_at=None).count() == 1


def test_a_follower_misses_no_change_while_feeds_run() -> None:
    feed_orders([order(f"O{ref}") for ref in REFS], NOW)
    taken: list[Change] = []

    def follow() -> None:
        for _ in range(60):
            with transaction.atomic():
                taken.extend(take_changes("tests", 7))

    def feed(ref: str) -> None:
        feed_shipments([shipment(f"X{ref}", f"O{ref}")], NOW)
        feed_tracking_events([scan("delivered", "09T10", f"X{ref}")], NOW)

    at_once(follow, *[lambda ref=ref: feed(ref) for ref in REFS[:15]])
    follow()
    known = OrderChange.objects.order_by("id").values_list("order_id", "kind")
    assert [(change.order_id, change.kind) for change in taken] == list(known)
    assert len(taken) == 30
