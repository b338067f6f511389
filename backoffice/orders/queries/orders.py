"""Reading orders."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch

from backoffice.common.errors import NotFound
from backoffice.orders.models import Order, OrderLine, Shipment, TrackingEvent
from backoffice.orders.queries.among import Among


def flags_of(refs: Iterable[str]) -> dict[str, list[str]]:
    """Orders' flags by external id."""
    rows = Order.objects.filter(Among("external_id", refs))
    return dict(rows.values_list("external_id", "flags"))


def order_with_everything(external_id: str, seller: str = "") -> Order:
    """The order with its lines, shipments and scans (5 queries); of `seller` only, if given.

    Raises NotFound.
    """
    scans = TrackingEvent.objects.order_by("happened_at", "id")
    shipments = Shipment.objects.order_by("id").prefetch_related(Prefetch("events", scans))
    lines = Prefetch("lines", OrderLine.objects.order_by("id"))
    orders = Order.objects.select_related("seller", "buyer")
    if seller:
        orders = orders.filter(seller__external_id=seller)
    found = orders.prefetch_related(lines, Prefetch("shipments", shipments))
    order = found.filter(external_id=external_id).first()
    if order is None:
        raise NotFound("There is no such order, or none that this key may see.", field="order")
    return order


def scans_of(order_pk: int) -> list[TrackingEvent]:
    """The scans of all parcels of an order with their shipments, as they happened (1 query)."""
    scans = TrackingEvent.objects.filter(shipment__order=order_pk).select_related("shipment")
    return list(scans.order_by("happened_at", "id"))
