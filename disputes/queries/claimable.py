"""Reading an order for a claim."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from backoffice.common.errors import NotFound
from backoffice.orders.models import Order, OrderLine
from backoffice.rulebook.queries import book
from disputes.enums import OfferAnswer, Outcome
from disputes.models import Case, CaseLine, Offer
from disputes.models.offer import REPLACING
from disputes.queries.known import ruling_reason
from disputes.queries.replaced import Agreed, sent
from disputes.queries.sold import ClaimableOrder, SoldLine


def claimable_order(external_id: str) -> ClaimableOrder:
    """The order, locked, with what its lines were claimed and paid before. Raises NotFound."""
    order = (
        Order.objects.select_for_update(of=("self",), no_key=True)
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
    credited = Case.objects.filter(order=order).aggregate(sum=Coalesce(Sum("credited_minor"), 0))
    lines = _lines(order.id)
    replaced = any(line.replaced for line in lines)
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
        order.refunded_minor - order.refunds_counted_minor,
        order.refunded_minor - credited["sum"],
        lines,
        book(order.rulebook_number),
        sent([order.id])[order.id] if replaced else None,
    )


def _lines(order_id: int) -> tuple[SoldLine, ...]:
    still_open: defaultdict[int, int] = defaultdict(int)
    ended: defaultdict[int, set[str]] = defaultdict(set)
    replaced: dict[int, Agreed] = {}
    agreed = _replacements(order_id)
    columns = ("line_id", "case_id", "requested_minor")
    words = ("case__outcome", "case__reason", "case__sub_reason")
    claimed = CaseLine.objects.filter(case__order_id=order_id).order_by("id")
    for line_id, case_id, minor, outcome, reason, sub_reason in claimed.values_list(
        *columns, *words
    ):
        if not outcome:
            still_open[line_id] += minor
        elif case_id in agreed:
            replaced[line_id] = agreed[case_id]
            ended[line_id].clear()  # what is to come has been complained of by nobody
        elif outcome != Outcome.CANCELED_BY_BUYER:
            ended[line_id].add(ruling_reason(reason, sub_reason))
    rows = (
        OrderLine.objects.filter(order_id=order_id)
        .annotate(paid=Coalesce(Sum("remedies__paid_minor"), 0))
        .annotate(value=F("price_minor") + F("freight_minor"))
        .order_by("id")
    )
    return tuple(
        SoldLine(pk, ref, value, paid, still_open[pk], frozenset(ended[pk]), replaced.get(pk))
        for pk, ref, value, paid in rows.values_list("id", "external_id", "value", "paid")
    )


def _replacements(order_id: int) -> dict[int, Agreed]:
    """What replacement was agreed on, by the case that ended so."""
    rows = Offer.objects.filter(
        case__order_id=order_id, answer=OfferAnswer.ACCEPTED, offer_type__in=REPLACING
    )
    # An accepted offer has the time of its answer: a constraint.
    columns = rows.values_list("case_id", "answered_at", "case__filed_at")
    return {case_id: Agreed(at, filed_at) for case_id, at, filed_at in columns if at}
