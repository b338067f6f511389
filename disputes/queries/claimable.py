"""Reading an order for a claim."""

from __future__ import annotations

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from backoffice.common.errors import NotFound
from backoffice.orders.models import Order, OrderLine
from backoffice.rulebook.queries import book
from disputes.queries.known import ClaimableOrder, SoldLine


def claimable_order(external_id: str) -> ClaimableOrder:
    """The order, locked, with what was paid back on each line. Raises NotFound."""
    order = (
        Order.objects.select_for_update(of=("self",))
        .select_related("seller", "buyer")
        .filter(external_id=external_id)
        .first()
    )
    if order is None:
        raise NotFound(
            f"No order {external_id!r} was fed; feed it first.",
            code="order_not_found",
            field="order",
        )
    return ClaimableOrder(
        order.id,
        order.external_id,
        order.seller_id,
        order.seller.external_id,
        order.buyer_id,
        order.buyer.external_id,
        order.currency,
        order.status,
        order.purchased_at,
        order.deliver_by,
        order.handed_over_at,
        order.delivered_at,
        order.refunded_minor,
        order.refunds_counted_minor,
        _lines(order.id),
        book(order.rulebook_number),
    )


def _lines(order_id: int) -> tuple[SoldLine, ...]:
    rows = (
        OrderLine.objects.filter(order_id=order_id)
        .annotate(paid=Coalesce(Sum("remedies__paid_minor"), 0))
        .annotate(value=F("price_minor") + F("freight_minor"))
        .order_by("id")
    )
    return tuple(SoldLine(*row) for row in rows.values_list("id", "external_id", "value", "paid"))
