"""Hostile values: refused with the field named, nothing stored, never an exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from backoffice.orders.models import Buyer, Order, Seller, Shipment, TrackingEvent
from backoffice.orders.service.feed import (
    Answer,
    feed_orders,
    feed_shipments,
    feed_tracking_events,
)
from backoffice.orders.service.feed.reading import BatchTooLarge
from tests.orders.telling import NOW, line, order, scan, shipment, usd

HUGE = "x" * 10_000_000
CASES = [
    (feed_orders, order(external_id=HUGE), "external_id", "too_long"),
    (feed_orders, order(external_id=""), "external_id", "required"),
    (feed_orders, order(external_id=None), "external_id", "wrong_type"),
    (feed_orders, order(external_id="a\0b"), "external_id", "invalid_text"),
    (feed_orders, order(external_id="\ud800"), "external_id", "invalid_text"),
    (feed_orders, order(purchase_ref=7), "purchase_ref", "wrong_type"),
    (feed_orders, order(seller="S1"), "seller", "wrong_type"),
    (feed_orders, order(buyer={}), "buyer.external_id", "required"),
    (feed_orders, order(buyer={"external_id": "B", "country": "XX"}), "buyer.country", None),
    (feed_orders, order(status="LOST"), "status", "unknown_value"),
    (feed_orders, order(said_delivered="yes"), "said_delivered", "wrong_type"),
    (feed_orders, order(surprise=1), "surprise", "unknown_field"),
    (feed_orders, order(lines=[]), "lines", "required"),
    (feed_orders, order(lines=[line(str(i)) for i in range(201)]), "lines", "too_many"),
    (feed_orders, order(lines=[line(), line()]), "lines[1].external_id", "duplicate"),
    (feed_orders, order(lines=[line(price=12.5)]), "lines[0].price", "invalid_amount"),
    (feed_orders, order(lines=[line(price=usd("-1"))]), "lines[0].price.value", "negative_amount"),
    (feed_orders, order(lines=[line(price=usd("1.001"))]), "lines[0].price.value", None),
    (feed_orders, order(lines=[line(price=usd("9" * 99))]), "lines[0].price.value", None),
    (feed_orders, order(lines=[line(price=usd("1e3"))]), "lines[0].price.value", "invalid_amount"),
    (
        feed_orders,
        order(lines=[line(price=usd("1", "QQQ"))]),
        "lines[0].price.currency_code",
        "unknown_currency",
    ),
    (
        feed_orders,
        order(lines=[line(), line("2", price=usd("1", "EUR"))]),
        "lines[1].price.currency_code",
        "currency_mismatch",
    ),
    (
        feed_orders,
        order(lines=[line(str(i), price=usd("9" * 13)) for i in range(2)]),
        "lines",
        "amount_too_large",
    ),
    (feed_orders, order(lines=[line(quantity=0)]), "lines[0].quantity", "out_of_range"),
    (feed_orders, order(lines=[line(quantity=10**30)]), "lines[0].quantity", None),
    (feed_orders, order(lines=[line(quantity=True)]), "lines[0].quantity", "wrong_type"),
    (feed_orders, order(lines=[line(photo_url="javascript:x")]), "lines[0].photo_url", None),
    (feed_orders, order(lines=[line(photo_url="http://[x")]), "lines[0].photo_url", "invalid_text"),
    (feed_orders, order(purchased_at="2026-03-01T12:00:00"), "purchased_at", "invalid_datetime"),
    (feed_orders, order(purchased_at="1600000000"), "purchased_at", "invalid_datetime"),
    (feed_orders, order(purchased_at=1600000000), "purchased_at", "invalid_datetime"),
    (feed_orders, order(purchased_at="2026-02-30T12:00:00Z"), "purchased_at", "invalid_datetime"),
    (feed_orders, order(purchased_at="0001-01-01T00:00:00+14:00"), "purchased_at", None),
    (feed_orders, order(purchased_at="9999-12-31T23:59:59-14:00"), "purchased_at", None),
    (feed_orders, order(purchased_at="2026-03-01T12:00:00+99:99"), "purchased_at", None),
    (feed_orders, order(promised_on="tomorrow"), "promised_on", "invalid_date"),
    (feed_orders, order(destination="USA"), "destination", "unknown_country"),
    (feed_orders, order(zone="../../etc/passwd"), "zone", "unknown_zone"),
    (feed_orders, [], "", "wrong_type"),
    (feed_orders, None, "", "wrong_type"),
    (feed_shipments, shipment(order=None), "order", "wrong_type"),
    (feed_shipments, shipment(tracking_number="1" * 61), "tracking_number", "too_long"),
    (feed_shipments, shipment(handed_over_at="no"), "handed_over_at", "invalid_datetime"),
    (feed_shipments, shipment(signed_by="\0"), "signed_by", "invalid_text"),
    (feed_tracking_events, scan("DELIVERED", "01T10"), "status", "unknown_value"),
    (feed_tracking_events, scan("lost", "01T10", shipment=""), "shipment", "required"),
    (feed_tracking_events, scan("lost", "01T10", location="\udfff"), "location", "invalid_text"),
    (feed_tracking_events, scan("lost", "99T99"), "happened_at", "invalid_datetime"),
    (feed_tracking_events, {}, "shipment", "required"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("feed", "item", "field", "issue"), CASES)
def test_a_hostile_value_is_refused_by_name(
    feed: Callable[..., list[Answer]], item: Any, field: str, issue: str | None
) -> None:
    [answer] = feed([item], NOW)
    first = answer.errors[0]
    assert (answer.result, first.field) == ("rejected", field)
    assert issue is None or first.issue == issue
    assert len(first.detail) < 300
    for model in (Order, Seller, Buyer, Shipment, TrackingEvent):
        assert not model._default_manager.exists()


@pytest.mark.parametrize("feed", [feed_orders, feed_shipments, feed_tracking_events])
def test_a_batch_too_large_is_refused_whole(feed: Callable[..., list[Answer]]) -> None:
    with pytest.raises(BatchTooLarge):
        feed([{}] * 1001, NOW)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=5)
    | st.sampled_from(["\0", "\ud800", "2026-03-01T12:00:00Z", "USD", "1.00", "UTC", "lost"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


class AnythingTest(TestCase):
    @given(st.sampled_from(sorted(order())), ANYTHING)
    def test_any_value_anywhere_in_an_order_is_answered(self, name: str, value: Any) -> None:
        [answer] = feed_orders([order(**{name: value})], NOW)
        assert (answer.result == "rejected") == bool(answer.errors)

    @given(st.dictionaries(st.sampled_from([*scan("lost", "01T10"), "location", "x"]), ANYTHING))
    def test_any_value_anywhere_in_a_scan_is_answered(self, said: dict[str, Any]) -> None:
        [answer] = feed_tracking_events([scan("lost", "01T10") | said], NOW)
        assert (answer.result == "rejected") == bool(answer.errors)
