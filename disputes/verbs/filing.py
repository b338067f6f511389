"""File a claim: whether it may be filed now, for how much, and the case that begins with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid, Refused
from backoffice.common.money import Money
from backoffice.ledger.enums import AccountKind, TransferKind, TransferState
from backoffice.ledger.service import NewTransfer, Party
from backoffice.orders.enums import OrderStatus
from backoffice.outbox.service import NewMessage
from backoffice.rulebook.engine.calendar import add_working_time
from backoffice.rulebook.engine.columns import Fact
from disputes.enums import Reason
from disputes.lifecycle import PLACES, State
from disputes.queries.known import ruling_reason
from disputes.queries.replaced import Agreed
from disputes.queries.sold import ClaimableOrder, SoldLine
from disputes.verbs.messages import text_digest
from disputes.verbs.minimum import minimum
from disputes.verbs.replacements import agreed, awaited, told
from disputes.verbs.resolution import hold_key
from disputes.verbs.transition import Happening


@dataclass(frozen=True, slots=True)
class Claim:
    """What the buyer claims. Without `line_refs` the whole order, without `requested` all of it."""

    reason: Reason
    sub_reason: str = ""
    line_refs: tuple[str, ...] = ()
    requested: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a claim may be filed."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Filing:
    """A case to begin, with all that goes with it.

    The seller's clock runs until `due_at`, or the buyer's, who has his minimum to show first.
    """

    public_id: str
    order: ClaimableOrder
    claim: Claim
    requested: Money
    lines: tuple[tuple[SoldLine, int], ...]
    state: State
    due_at: datetime
    actor: Actor
    at: datetime
    event: Happening
    hold: NewTransfer
    outbox: tuple[NewMessage, ...]
    replacement: Agreed | None


def file(
    order: ClaimableOrder, claim: Claim, public_id: str, actor: Actor, now: datetime
) -> Filing:
    """The case that `claim` begins. Raises Refused or Invalid with the date or amount."""
    _check_reason(claim)
    _check_order(order, actor)
    _check_window(claim_window(order, claim), now)
    lines = _chosen(order, claim)
    _check_not_ended(lines, claim)
    left = _left(order, lines, claim)
    requested = _requested(order, lines, left, claim)
    shares = requested.split(left)
    missing = minimum(order.book, ruling_reason(claim.reason, claim.sub_reason))
    state = State.BUYER_TO_SHOW if missing else State.SELLER_TO_ANSWER
    inputs: dict[str, Fact] = {"waiting": str(PLACES[state].waiting), "value": requested}
    limit = timedelta(hours=order.book.evaluate("response_times", inputs).number("limit"))
    due_at = add_working_time(now, limit, order.book.holidays)
    return Filing(
        public_id,
        order,
        claim,
        requested,
        tuple((line, share.minor) for line, share in zip(lines, shares, strict=True)),
        state,
        due_at,
        actor,
        now,
        _filed(order, claim, requested, lines, due_at, missing),
        _hold(order, public_id, requested),
        (_told(order, claim, public_id, requested, state, due_at, missing),),
        agreed(order, claim.line_refs),
    )


def claim_window(order: ClaimableOrder, claim: Claim) -> Window:
    """When `claim` may be filed, by the rulebook's *Claim window*.

    A parcel that has come may be complained about at once, whatever the opening day says: the
    waiting is for parcels still on their way. Unshipped, the days count from the delivery deadline.
    What is to be replaced is as if bought and sent on the day that was agreed.
    """
    order = awaited(order, claim.line_refs)
    promise = (order.deliver_by - order.purchased_at).days
    reason = ruling_reason(claim.reason, claim.sub_reason)
    rule = order.book.evaluate("claim_window", {"reason": reason, "promise": promise})
    starts = {
        "deliver_by": order.deliver_by,
        "shipment": order.handed_over_at or order.deliver_by,
        "delivery": order.delivered_at or order.deliver_by,
        "purchase": order.purchased_at,
    }
    opens_at = starts[rule.text("opens_from")] + timedelta(days=rule.number("opens_after"))
    if order.delivered_at:
        opens_at = min(opens_at, order.delivered_at)
    received = order.delivered_at if rule.text("closes_from") == "receipt_or_deliver_by" else None
    closes_at = (received or order.deliver_by) + timedelta(days=rule.number("closes_after"))
    return Window(opens_at, closes_at)


def _check_reason(claim: Claim) -> None:
    described = claim.reason == Reason.NOT_AS_DESCRIBED
    if described and not claim.sub_reason:
        raise Invalid(
            "Say in what way the item is not as described.",
            code="sub_reason_required",
            field="sub_reason",
        )
    if claim.sub_reason and not described:
        raise Invalid(
            "Only MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED has a sub-reason; leave it out.",
            code="sub_reason_not_allowed",
            field="sub_reason",
        )


def _check_order(order: ClaimableOrder, actor: Actor) -> None:
    if actor.ref != order.buyer_ref:
        raise Invalid(
            "The order was not placed by this buyer.", code="not_the_buyer", field="buyer"
        )
    if order.status == OrderStatus.CANCELLED:
        raise Refused("The order was cancelled; there is nothing to claim.", code="order_cancelled")


def _check_window(window: Window, now: datetime) -> None:
    if now < window.opens_at:
        raise Refused(
            f"A claim can be filed from {window.opens_at:%Y-%m-%d %H:%M} UTC.",
            code="claim_not_open_yet",
            extra={"opens_at": window.opens_at.isoformat()},
        )
    if now > window.closes_at:
        raise Refused(
            f"The time to claim ended at {window.closes_at:%Y-%m-%d %H:%M} UTC.",
            code="claim_closed",
            extra={"closed_at": window.closes_at.isoformat()},
        )


def _chosen(order: ClaimableOrder, claim: Claim) -> list[SoldLine]:
    by_ref = {line.external_id: line for line in order.lines}
    for index, ref in enumerate(claim.line_refs):
        if ref not in by_ref or ref in claim.line_refs[:index]:
            why = "is not a line of this order" if ref not in by_ref else "is named twice"
            raise Invalid(f"{ref!r} {why}.", code="unknown_line", field=f"lines[{index}]")
    return [by_ref[ref] for ref in claim.line_refs] or list(order.lines)


def _requested(
    order: ClaimableOrder, lines: list[SoldLine], left: list[int], claim: Claim
) -> Money:
    """The amount claimed: at most what is left of its lines, and of the order as a whole."""
    chosen = {line.line_id for line in lines}
    others = sum(
        max(0, line.value_minor - line.paid_minor - line.open_minor)
        for line in order.lines
        if line.line_id not in chosen
    )
    most = min(sum(left), sum(left) + others - order.earlier_refunds_minor)
    if most <= 0:
        raise Refused("Nothing is left to claim: it was free or refunded.", code="nothing_to_claim")
    available = Money(most, order.currency)
    requested = claim.requested or available
    if requested.currency != order.currency:
        raise Invalid(
            f"The order is in {order.currency}.",
            code="currency_mismatch",
            field="requested_amount.currency_code",
        )
    if requested > available or requested.minor <= 0:
        raise Invalid(
            f"Claim more than nothing and at most {available}.",
            code="amount_out_of_range",
            field="requested_amount",
            extra={"maximum": available.to_json()},
        )
    return requested


def _left(order: ClaimableOrder, lines: list[SoldLine], claim: Claim) -> list[int]:
    """What may be claimed for each line: its value times *Claim limit*, less what was paid."""
    reason = ruling_reason(claim.reason, claim.sub_reason)
    percent = order.book.evaluate("claim_limit", {"reason": reason}).number("max_percent")
    return [max(0, line.value_minor * percent // 100 - line.paid_minor) for line in lines]


def _check_not_ended(lines: list[SoldLine], claim: Claim) -> None:
    """A claim that was decided is not filed again; the decision is what there is to dispute."""
    reason = ruling_reason(claim.reason, claim.sub_reason)
    again = ", ".join(line.external_id for line in lines if reason in line.ended)
    if again:
        raise Refused(
            f"A claim for this reason has ended on line {again} already.",
            code="claim_already_ended",
            field="lines",
        )


def _hold(order: ClaimableOrder, public_id: str, requested: Money) -> NewTransfer:
    return NewTransfer(
        hold_key(public_id),
        TransferKind.HOLD,
        debit=Party(AccountKind.SELLER, order.seller_ref),
        credit=Party(AccountKind.BUYER, order.buyer_ref),
        amount=requested,
        state=TransferState.PENDING,
        subject=public_id,
    )


def _filed(
    order: ClaimableOrder,
    claim: Claim,
    requested: Money,
    lines: list[SoldLine],
    due_at: datetime,
    missing: tuple[str, ...],
) -> Happening:
    asked = {"missing": list(missing)} if missing else {}
    return Happening(
        "case.filed_to_show" if missing else "case.filed",
        {
            **asked,
            **told(order, agreed(order, claim.line_refs)),
            "order": order.order_ref,
            "reason": claim.reason.value,
            "sub_reason": claim.sub_reason,
            "requested": requested.to_json(),
            "lines": [line.external_id for line in lines],
            "note_sha256": text_digest(claim.note.strip()) if claim.note else "",
            "rulebook": order.book.version,
            "due_at": due_at,
        },
    )


def _told(
    order: ClaimableOrder,
    claim: Claim,
    public_id: str,
    requested: Money,
    state: State,
    due_at: datetime,
    missing: tuple[str, ...],
) -> NewMessage:
    place = PLACES[state]
    asked = {"evidence_missing": list(missing)} if missing else {}
    return NewMessage(
        "dispute.created",
        "case",
        public_id,
        {
            "dispute_id": public_id,
            "order": order.order_ref,
            "seller": order.seller_ref,
            "buyer": order.buyer_ref,
            "reason": claim.reason.value,
            "requested": requested.to_json(),
            "dispute_life_cycle_stage": place.stage.value,
            "status": place.status.value,
            "due_at": due_at,
            **asked,
        },
        f"{public_id}:0:dispute.created",
    )
