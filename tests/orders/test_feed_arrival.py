"""Whatever order facts arrive in, in whatever batches, however often: the same facts at the end."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from backoffice.orders.enums import TrackingStatus
from backoffice.orders.models import Order, OrderChange, Shipment, TrackingEvent
from backoffice.orders.service.feed import feed_orders, feed_shipments, feed_tracking_events
from tests.orders.telling import NOW, order, scan, shipment

FEEDS = {"order": feed_orders, "shipment": feed_shipments, "scan": feed_tracking_events}
STATUSES = st.sampled_from([s.value for s in TrackingStatus])
SCANS = st.builds(
    scan,
    STATUSES,
    st.builds("{:02}T{:02}".format, st.integers(1, 28), st.integers(0, 23)),
    st.sampled_from(["X1", "X2"]),
    carrier_code=st.sampled_from(["", "DELIVEREDPS", "wc"]),
)
Told = list[tuple[str, dict[str, Any]]]


@st.composite
def stories(draw: st.DrawFn) -> tuple[Told, Told, list[int]]:
    """The same facts in two orders of arrival, and the sizes of the second one's batches."""
    moments = st.none() | st.sampled_from(["2026-03-05T10:00:00Z", "2026-05-20T10:00:00Z"])
    told: Told = [("order", order())]
    for ref, carrier in (("X1", "gls"), ("X2", "mydhl")):
        said = {"handed_over_at": draw(moments), "delivered_at": draw(moments)}
        told.append(("shipment", shipment(ref, carrier=carrier, **said)))
    told += [("scan", item) for item in draw(st.lists(SCANS, max_size=8))]
    again = told + draw(st.lists(st.sampled_from(told), max_size=4))
    sizes = draw(st.lists(st.integers(1, 4), min_size=len(again), max_size=len(again)))
    return told, draw(st.permutations(again)), sizes


def feed(told: Told, sizes: list[int]) -> None:
    """Feed `told` in batches of neighbours of one kind."""
    while told:
        kind, size = told[0][0], sizes.pop()
        taken = [item for k, item in told[:size] if k == kind]
        same = next((i for i, (k, _) in enumerate(told[:size]) if k != kind), len(taken))
        FEEDS[kind]([item for _, item in told[:same]], NOW)
        told = told[same:]


def facts() -> list[Any]:
    """All that is known, without ids."""
    own = {"id", "order_id", "shipment_id", "seller_id", "buyer_id"}
    found: list[Any] = []
    for model in (Order, Shipment, TrackingEvent):
        rows = model._default_manager.order_by("external_id").values()
        found += [{k: value for k, value in row.items() if k not in own} for row in rows]
    joined = Shipment.objects.values_list("external_id", "order__external_id")
    scans = TrackingEvent.objects.values_list("external_id", "shipment__external_id")
    return [*found, sorted(joined), sorted(scans)]


class ArrivalTest(TestCase):
    @given(stories())
    def test_any_order_of_arrival_gives_the_same_facts(
        self, story: tuple[Told, Told, list[int]]
    ) -> None:
        told, shuffled, sizes = story
        feed(told, [1] * len(told))
        expected = facts()
        for model in (OrderChange, TrackingEvent, Shipment, Order):
            model._default_manager.all().delete()
        feed(shuffled, sizes)
        assert facts() == expected

    @given(stories())
    def test_a_replay_changes_nothing(self, story: tuple[Told, Told, list[int]]) -> None:
        told, shuffled, sizes = story
        feed(told, [1] * len(told))
        before, changes = facts(), OrderChange.objects.count()
        feed(shuffled, sizes)
        assert (facts(), OrderChange.objects.count()) == (before, changes)
