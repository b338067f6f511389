"""Returns: the goods go back first, then the buyer is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from backoffice.common.actors import SYSTEM, Actor
from backoffice.common.money import Money
from backoffice.orders.tracking_numbers import normalise
from disputes.enums import OfferAnswer, ReturnResult
from disputes.lifecycle import State, Verb
from disputes.models import Return
from disputes.queries.known import OpenReturn, ReturnParcel, Snapshot, Standing
from disputes.verbs.messages import required_text, text_digest
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.transition import (
    ClosedRequest,
    Happening,
    NewRow,
    Transition,
    closed_offer,
    ended_return,
    require,
    told,
    updated,
    waits,
)

LONGEST_NUMBER = 60


def open_return(
    case: Snapshot,
    ruling: Ruling,
    actor: Actor,
    now: datetime,
    *,
    address: str = "",
    first: tuple[Happening, ...] = (),
    rows: tuple[NewRow, ...] = (),
    **changes: Any,
) -> Transition:
    """The step that makes `ruling` (an offer accepted, a decision) wait for the goods to go back.

    The seller's money stays held; `ruling` is carried out, and its Decision written, when the
    return ends. Without an `address` the seller is asked for it first. `first` are events that
    come before its own. Where the marketplace refunded as much already, the case ends at once.
    """
    if ruling.refund_minor <= case.now.credited_minor:
        return resolve(case, ruling, actor, now, first, rows, **changes)
    state = State.RETURN_TO_SHIP if address else State.RETURN_ADDRESS
    after = waits(case, state, now, **changes)
    kept = replace(
        ruling,
        return_needed=True,
        decided_by=ruling.decided_by or (actor.kind.value, actor.ref),
    )
    refund = Money(ruling.refund_minor, case.currency)
    opened = {"refund": refund.to_json(), "borne_by": ruling.borne_by}
    return Transition(
        case,
        after,
        actor,
        now,
        (*first, Happening("case.return_opened", opened), _awaited(after, address)),
        outbox=(told(case, "dispute.updated", after, event="case.return_opened"),),
        rows=(*rows, _row(case, kept, address, now)),
        request=ClosedRequest(answered=False),
        offer=closed_offer(case, OfferAnswer.CLOSED),
    )


def give_return_address(case: Snapshot, actor: Actor, now: datetime, *, address: str) -> Transition:
    """The seller (or staff for him) says where the goods go back to; the buyer's time begins."""
    require(case, Verb.GIVE_RETURN_ADDRESS, actor, now)
    address = required_text(address, "address")
    after = waits(case, State.RETURN_TO_SHIP, now)
    awaited = _awaited(after, address)
    step = updated(case, after, actor, now, awaited.action, awaited.data)
    return replace(step, returned=replace(open_of(case), address=address))


def ship_return(
    case: Snapshot, actor: Actor, now: datetime, *, carrier: str, tracking_number: str
) -> Transition:
    """The buyer has sent the goods back. If they were delivered already, the seller's time runs."""
    require(case, Verb.SHIP_RETURN, actor, now)
    number = required_text(tracking_number, "tracking_number", LONGEST_NUMBER)
    carrier = required_text(carrier, "carrier", LONGEST_NUMBER)
    sent = replace(open_of(case), carrier=carrier, tracking_number=number, shipped_at=now)
    return _sent(case, sent, actor, now)


def follow_return(case: Snapshot, now: datetime, by: datetime) -> Transition | None:
    """The step that the marketplace's return parcels bring, as they were known to go `by` then.

    None where they tell nothing new.
    """
    if case.returning is None or case.state not in FOLLOWED:
        return None
    parcel = _parcel(case.returning, by)
    if parcel is None or (case.state == State.RETURN_UNDERWAY and not _arrived(parcel, by)):
        return None
    sent = replace(
        case.returning,
        carrier=case.returning.carrier or parcel.carrier,
        tracking_number=case.returning.tracking_number or parcel.tracking_number,
        shipped_at=case.returning.shipped_at or parcel.handed_over_at or parcel.delivered_at,
    )
    return _sent(case, sent, SYSTEM, now)


def pay_return(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    first: tuple[Happening, ...],
) -> Transition:
    """The return is over: what was agreed is paid, less the deduction if there is one."""
    ruling, rest = Ruling.from_json(open_of(case).ruling), to_refund(case)
    ruling = replace(ruling, refund_minor=rest.minor, lines=_shared(ruling.lines, rest))
    step = resolve(case, ruling, actor, now, first)
    return replace(step, returned=ended_return(case, ReturnResult.REFUNDED, now))


def return_to_review(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    first: tuple[Happening, ...],
) -> Transition:
    """The sides do not agree on what came back: staff look at it."""
    after = waits(case, State.UNDER_REVIEW, now)
    escalated = Happening("case.escalated", {"by": actor.kind.value, "due_at": after.due_at})
    return Transition(
        case,
        after,
        actor,
        now,
        (*first, escalated),
        outbox=(told(case, "dispute.updated", after, event="case.escalated"),),
        returned=ended_return(case, ReturnResult.IN_REVIEW, now),
    )


def to_refund(case: Snapshot) -> Money:
    """What the open return earns the buyer, the deduction taken off."""
    opened = open_of(case)
    agreed = Money(opened.refund_minor, case.currency)
    return agreed - agreed.percent(opened.deduction_percent)


FOLLOWED = frozenset({State.RETURN_ADDRESS, State.RETURN_TO_SHIP, State.RETURN_UNDERWAY})


def _shared(lines: dict[str, int] | None, rest: Money) -> dict[str, int] | None:
    """A ruling line by line, with the deduction shared among its lines."""
    if not lines:
        return lines
    parts = rest.split(list(lines.values()))
    return {ref: part.minor for ref, part in zip(lines, parts, strict=True)}


def open_of(case: Snapshot) -> OpenReturn:
    """The return of a case that stands in one of a return's states."""
    assert case.returning is not None, "a case in a return's state has an open return"
    return case.returning


def _awaited(after: Standing, address: str) -> Happening:
    data = {"due_at": after.due_at}
    if not address:
        return Happening("case.return_address_asked", data)
    return Happening("case.return_awaited", data | {"sha256": text_digest(address)})


def _row(case: Snapshot, ruling: Ruling, address: str, now: datetime) -> NewRow:
    values = {
        "case_id": case.id,
        "refund_minor": ruling.refund_minor,
        "borne_by": ruling.borne_by,
        "ruling": ruling.to_json(),
        "opened_at": now,
        "address": address,
    }
    return NewRow(Return, values)


def _sent(case: Snapshot, sent: OpenReturn, actor: Actor, now: datetime) -> Transition:
    """The goods are on their way, or there already."""
    parcel = _parcel(sent, now)
    delivered_at = parcel.delivered_at if parcel and _arrived(parcel, now) else None
    state = State.RETURN_DELIVERED if delivered_at else State.RETURN_UNDERWAY
    after = waits(case, state, now)
    events = []
    if case.state != State.RETURN_UNDERWAY:
        number = {"carrier": sent.carrier, "tracking_number": sent.tracking_number}
        events.append(Happening("case.return_sent", number))
    if delivered_at:
        data = {"delivered_at": delivered_at, "due_at": after.due_at}
        events.append(Happening("case.return_delivered", data))
    return Transition(
        case,
        after,
        actor,
        now,
        tuple(events),
        outbox=(told(case, "dispute.updated", after, event=events[-1].action),),
        returned=replace(sent, delivered_at=delivered_at),
    )


def _parcel(sent: OpenReturn, by: datetime) -> ReturnParcel | None:
    """The fed parcel that is this return: by its number or, where the buyer has told none, one that

    went back since the return was opened. One that has arrived comes first.
    """
    number = normalise(sent.tracking_number)
    if number:
        fed = [p for p in sent.parcels if normalise(p.tracking_number) == number]
    else:
        moves = ((p, p.handed_over_at or p.delivered_at) for p in sent.parcels)
        fed = [p for p, moved in moves if moved and sent.opened_at <= moved <= by]
    return next((p for p in fed if _arrived(p, by)), fed[0] if fed else None)


def _arrived(parcel: ReturnParcel, by: datetime) -> bool:
    return parcel.delivered_at is not None and parcel.delivered_at <= by
