"""A case as PayPal's `dispute_info` (in lists) and `dispute` (by itself)."""

from __future__ import annotations

from backoffice.common.actors import ActorKind
from backoffice.orders.enums import OrderStatus
from disputes.api.paypal import evidence, money, offers, talk
from disputes.api.paypal.links import Reader
from disputes.api.paypal.shapes import (
    Shape,
    identifier,
    moment,
    name,
    plain_identifier,
    shape,
    text,
)
from disputes.api.paypal.shapes import money as amount
from disputes.api.paypal.words import dispute_state
from disputes.enums import Outcome, Party, Reason, SellerAnswer, SubReason
from disputes.lifecycle import PLACES, State
from disputes.models import Case, CaseLine
from disputes.queries.cases import waits_on
from disputes.queries.public import PublicCase

CHANNEL = "INTERNAL"  # filed with the marketplace itself, not with a bank
ITEMS = 100


def in_list(case: Case, reader: Reader) -> Shape:
    """The case in short."""
    place, on = PLACES[State(case.state)], waits_on(case.state)
    due = moment(case.expected_by)
    return shape(
        dispute_id=case.public_id,
        create_time=moment(case.filed_at),
        update_time=moment(case.updated_at),
        reason=case.reason,
        status=str(place.status),
        dispute_state=str(dispute_state(case, reader.stands_for, reader.now)),
        dispute_amount=amount(case.requested_minor, case.currency),
        dispute_life_cycle_stage=str(place.stage),
        dispute_channel=CHANNEL,
        buyer_response_due_date=due if Party.BUYER in on else None,
        seller_response_due_date=due if Party.SELLER in on else None,
        links=reader.links(case),
    )


def in_full(found: PublicCase, reader: Reader) -> Shape:
    """The case with all that is told of it."""
    case = found.case
    short = in_list(case, reader)
    del short["dispute_state"]  # PayPal has it in lists only
    return shape(
        **short,
        disputed_transactions=[_transaction(found, reader)],
        **money.of_case(found),
        messages=talk.messages(found, reader),
        supporting_info=evidence.supporting_info(found, reader),
        extensions=_extensions(found),
        evidences=evidence.of_case(found, reader),
        offer=offers.of_case(found),
        allowed_response_options=offers.options(case, reader),
    )


def _transaction(found: PublicCase, reader: Reader) -> Shape:
    """The order. Ids that PayPal's patterns have no room for stand in `custom` as they are."""
    order = found.case.order
    total = order.items_minor + order.freight_minor
    status = "COMPLETED"
    if order.refunded_minor:
        status = "REFUNDED" if order.refunded_minor >= total else "PARTIALLY_REFUNDED"
    elif order.status == OrderStatus.CANCELLED:
        status = "CANCELLED"
    seller = found.case.seller
    return shape(
        buyer_transaction_id=identifier(order.purchase_ref),
        seller_transaction_id=identifier(order.external_id),
        reference_id=identifier(order.external_id),
        create_time=moment(order.purchased_at),
        transaction_status=status,
        gross_amount=amount(total, order.currency),
        custom=text(order.external_id),
        buyer=shape(name=name(found.case.buyer.name)),
        seller=shape(merchant_id=plain_identifier(seller.external_id), name=name(seller.name)),
        items=[_item(line, found.case) for line in found.lines[:ITEMS]],
    )


def _item(claimed: CaseLine, case: Case) -> Shape:
    line = claimed.line
    return shape(
        item_id=plain_identifier(line.external_id),
        item_name=text(line.title),
        item_description=text(line.description),
        item_quantity=str(line.quantity),
        reason=case.reason,
        dispute_amount=amount(claimed.requested_minor, case.currency),
        item_type="PRODUCT",
    )


def _extensions(found: PublicCase) -> Shape:
    """What the claim is about, in the words for goods."""
    case, facts = found.case, found.facts
    sub_reason = SubReason.OTHER if case.sub_reason == SubReason.COUNTERFEIT else case.sub_reason
    product = shape(
        description=text("\n".join(line.line.title for line in found.lines)),
        product_received=_received(found),
        product_received_time=moment(facts.delivered_at),
        expected_delivery_date=moment(facts.deliver_by),
        sub_reasons=[str(sub_reason)] if sub_reason else [],
        return_details=offers.return_details(found),
    )
    wrote = next((m.at for m in found.messages if m.author == ActorKind.BUYER), None)
    return shape(
        merchant_contacted=wrote is not None,
        merchant_contacted_outcome=_contacted(case) if wrote else None,
        merchant_contacted_time=moment(wrote),
        merchant_contacted_mode="WEBSITE" if wrote else None,
        buyer_contacted_time=moment(case.filed_at),
        merchandize_dispute_properties=shape(
            issue_type="PRODUCT",
            product_details=product,
            return_shipping_address=offers.return_address(found),
        ),
    )


def _received(found: PublicCase) -> str:
    """Whether the buyer has the goods, or has sent them back."""
    if any(one.shipped_at for one in found.returns):
        return "RETURNED"
    came = found.facts.delivered_at or found.case.reason != Reason.NOT_RECEIVED
    return "YES" if came else "NO"


def _contacted(case: Case) -> str | None:
    """What came of the buyer's writing to the seller; nothing yet, before the seller answers."""
    if case.outcome == Outcome.ACCEPTED:
        return "FIXED"
    return {SellerAnswer.SILENT: "NO_RESPONSE", SellerAnswer.DENIED: "NOT_FIXED"}.get(
        SellerAnswer(case.seller_answer)
    )
