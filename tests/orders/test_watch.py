"""The delivery watch."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from backoffice.audit.models import Event
from backoffice.orders.models import Order
from backoffice.orders.service.feed import feed_orders, feed_shipments
from backoffice.orders.sweeps import Watched, watch_deliveries
from backoffice.outbox.models import Message
from tests.orders.telling import NOW, order, shipment

DUE = datetime(2026, 4, 30, 12, tzinfo=UTC)  # 60 days after the purchase
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_watch_makes_an_overdue_order_claimable() -> None:
    feed_orders([order()], NOW)
    assert watch_deliveries(DUE + HOUR) == Watched(done=1)
    stored = Order.objects.get()
    assert (stored.claimable_at, stored.watch_due_at) == (DUE + HOUR, None)
    message, event = Message.objects.get(), Event.objects.get()
    assert (message.topic, message.data["order"]) == ("order.claimable", "O1")
    assert (event.action, event.subject_id) == ("order.claimable", str(stored.pk))
    assert event.data["deliver_by"] == "2026-04-30T12:00:00Z"


@pytest.mark.django_db
def test_watch_lets_be_what_is_in_time_delivered_or_cancelled() -> None:
    feed_orders([order("O1"), order("O2"), order("O3", status="CANCELLED")], NOW)
    feed_shipments([shipment("X2", "O2", delivered_at="2026-03-09T10:00:00Z")], NOW)
    assert watch_deliveries(DUE - HOUR) == Watched()
    assert watch_deliveries(DUE + HOUR) == Watched(done=1)


@pytest.mark.django_db
def test_watch_tells_once() -> None:
    feed_orders([order(str(i)) for i in range(5)], NOW)
    assert watch_deliveries(DUE, batch=2) == Watched(done=5)
    assert watch_deliveries(DUE + HOUR) == Watched()
    feed_orders([order(str(i), promised_on="2026-03-21") for i in range(5)], NOW)
    assert watch_deliveries(DUE + HOUR) == Watched()
    assert Message.objects.count() == 5


@pytest.mark.django_db
def test_watch_sets_a_failing_order_aside() -> None:
    feed_orders([order(str(i)) for i in range(3)], NOW)
    broken = Order.objects.get(external_id="1")
    key = f"order.claimable:{broken.pk}:{DUE.isoformat()}"
    Message.objects.create(topic="x", data={}, created_at=NOW, dedupe_key=key)
    watched = watch_deliveries(DUE)
    assert (watched.done, list(watched.set_aside)) == (2, ["1"])
    broken.refresh_from_db()
    assert broken.watch_error.startswith("IntegrityError")
    assert watch_deliveries(DUE) == Watched()
    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_watch_tries_an_order_again_that_changed_since_it_was_set_aside() -> None:
    feed_orders([order()], NOW)
    Order.objects.update(watch_error="broken")
    assert watch_deliveries(DUE) == Watched()
    feed_orders([order(promised_on="2026-03-21")], NOW)
    assert watch_deliveries(DUE) == Watched(done=1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_watches_at_once_tell_each_order_once() -> None:
    feed_orders([order(str(i)) for i in range(300)], NOW)

    def watch(_: int) -> int:
        try:
            return watch_deliveries(DUE, batch=10).done
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(watch, range(6))) == 300
    assert (Message.objects.count(), Event.objects.count()) == (300, 300)
