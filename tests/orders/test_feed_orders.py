"""Feeding orders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Buyer, Order, OrderChange, OrderLine, Seller
from backoffice.orders.service.feed import feed_orders, feed_shipments
from tests.orders.telling import NOW, line, order, shipment, usd

pytestmark = pytest.mark.django_db


def results(*items: Any) -> list[str]:
    return [str(answer.result) for answer in feed_orders(items, NOW)]


def errors(*items: Any) -> list[list[tuple[str, str]]]:
    return [[(e.field, e.issue) for e in a.errors] for a in feed_orders(items, NOW)]


def test_feed_stores_an_order_as_told() -> None:
    assert results(order()) == ["created"]
    stored = Order.objects.get()
    assert (stored.items_minor, stored.freight_minor, stored.currency) == (1000, 250, "USD")
    assert stored.purchased_at == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert (stored.seller.external_id, stored.seller.name) == ("S1", "Shop")
    assert stored.lines.get().external_id == "1"


def test_feed_pins_the_promise_of_the_rulebook() -> None:
    feed_orders([order(), order("O2", destination="BR")], NOW)
    days = dict(Order.objects.values_list("external_id", "max_days"))
    assert days == {"O1": 60, "O2": 120}
    stored = Order.objects.get(external_id="O1")
    assert stored.deliver_by == stored.purchased_at + timedelta(days=60) == stored.watch_due_at
    assert stored.rulebook_number == 1


def test_feed_replayed_changes_nothing() -> None:
    items = [order(), order("O2", lines=[line("1"), line("2")])]
    assert results(*items) == ["created", "created"]
    before = list(Order.objects.order_by("id").values())
    assert results(*items) == ["unchanged", "unchanged"]
    assert list(Order.objects.order_by("id").values()) == before
    assert (OrderLine.objects.count(), Seller.objects.count(), Buyer.objects.count()) == (3, 1, 1)


def test_feed_of_one_order_twice_lets_the_later_win() -> None:
    told = [order(), order(promised_on="2026-03-25"), order(promised_on="2026-03-25")]
    assert results(*told) == ["created", "updated", "unchanged"]
    assert str(Order.objects.get().promised_on) == "2026-03-25"


def test_feed_updates_what_may_change() -> None:
    feed_orders([order()], NOW)
    changed = order(
        status="CANCELLED", refunded=usd("12.50"), lines=[line(title="Lamp"), line("2")]
    )
    assert results(changed) == ["updated"]
    stored = Order.objects.get()
    assert (stored.status, stored.refunded_minor, stored.items_minor) == ("CANCELLED", 1250, 2000)
    assert stored.watch_due_at is None
    assert sorted(stored.lines.values_list("external_id", "title")) == [("1", "Lamp"), ("2", "")]
    kinds = OrderChange.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [ChangeKind.CANCELLED, ChangeKind.REFUNDED]


@pytest.mark.parametrize(
    ("said", "field", "issue"),
    [
        ({"seller": {"external_id": "S2"}}, "seller.external_id", "immutable"),
        ({"buyer": {"external_id": "B2"}}, "buyer.external_id", "immutable"),
        ({"purchased_at": "2026-03-02T12:00:00Z"}, "purchased_at", "immutable"),
        ({"lines": [line("2")]}, "lines", "line_missing"),
        ({"refunded": usd("1.00")}, "refunded", "refund_fell"),
        (
            {"lines": [line(price=usd("9", "EUR"), freight=None)], "refunded": usd("3", "EUR")},
            "lines[0].price.currency_code",
            "immutable",
        ),
    ],
)
def test_feed_refuses_to_change_what_claims_hang_on(
    said: dict[str, Any], field: str, issue: str
) -> None:
    feed_orders([order(refunded=usd("2.00"))], NOW)
    before = Order.objects.values().get()
    told = order(**{"refunded": usd("2.00")} | said)
    assert errors(told) == [[(field, issue)]]
    assert Order.objects.values().get() == before


def test_feed_keeps_the_good_items_of_a_bad_batch() -> None:
    assert results(order("O1"), "not an object", order("O2", zone="Mars"), order("O3")) == [
        "created",
        "rejected",
        "rejected",
        "created",
    ]
    assert Order.objects.count() == 2


def test_feed_takes_the_window_of_the_whole_value() -> None:
    dear = line("2", price=usd("900.00"))
    feed_orders([order(), order("O2", lines=[line(), dear])], NOW)
    days = dict(Order.objects.values_list("external_id", "max_days"))
    assert days == {"O1": 60, "O2": 90}


def test_feed_refuses_a_currency_without_a_rate() -> None:
    told = order(lines=[line(price=usd("9", "XAF"), freight=None)])
    assert errors(told) == [[("lines[0].price.currency_code", "currency_without_rate")]]


def test_feed_flags_a_delivery_yet_to_come() -> None:
    feed_orders([order(), order("O2")], NOW)
    told = [("X1", "O1", "2062-03-09T10:00:00Z"), ("X2", "O2", "2026-06-02T10:00:00Z")]
    feed_shipments([shipment(x, o, delivered_at=at) for x, o, at in told], NOW)
    flags = Order.objects.order_by("external_id").values_list("flags", flat=True)
    assert list(flags) == [["delivered_in_the_future"], []]


def test_feed_flags_what_looks_wrong() -> None:
    told = [
        order("O1", said_delivered=True, promised_on=None),
        order("O2", status="CANCELLED", refunded=usd("99.00"), promised_on="2026-02-01"),
    ]
    feed_orders(told, NOW)
    feed_shipments(
        [
            shipment("X2", "O2", handed_over_at="2026-02-28T10:00:00Z"),
            shipment("X3", "O2", delivered_at="2026-03-05T10:00:00Z"),
        ],
        NOW,
    )
    feed_shipments(
        [
            shipment(
                "X2",
                "O2",
                handed_over_at="2026-02-28T10:00:00Z",
                delivered_at="2026-02-27T10:00:00Z",
            )
        ],
        NOW,
    )
    assert [answer.flags for answer in feed_orders(told, NOW)] == [
        ["delivered_without_date", "no_promise"],
        [
            "cancelled_yet_delivered",
            "delivered_before_handover",
            "handed_over_before_purchase",
            "promised_before_purchase",
            "refunded_more_than_paid",
        ],
    ]


def test_feed_costs_as_many_queries_for_many_as_for_few() -> None:
    counts = []
    feed_orders([order()], NOW)  # the rulebook is compiled once
    for size in (2, 60):
        parties = {"seller": {"external_id": f"S{size}"}, "buyer": {"external_id": f"B{size}"}}
        items = [order(f"O{size}-{i}", **parties) for i in range(size)]
        with CaptureQueriesContext(connection) as queries:
            feed_orders(items, NOW)
        counts.append(len([q for q in queries if not q["sql"].startswith("INSERT")]))
    assert counts[0] == counts[1]
