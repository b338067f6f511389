"""Ending a case: who is paid, who bears it, and everything that follows from it at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from backoffice.common.actors import Actor
from backoffice.common.money import Money
from backoffice.ledger.enums import AccountKind, TransferKind, TransferState
from backoffice.ledger.service import PLATFORM, NewTransfer, Party, Settlement
from backoffice.outbox.service import NewMessage
from disputes.enums import BorneBy, Instance, OfferAnswer, Outcome, ProposalEnd, ReturnResult
from disputes.lifecycle import resolved
from disputes.models import Decision
from disputes.queries.known import Snapshot, Standing, ruling_reason
from disputes.verbs.quality import second_look
from disputes.verbs.transition import (
    NO_EXTENSION_ASKED,
    ClosedRequest,
    Happening,
    LinePaid,
    NewRow,
    Transition,
    closed_offer,
    ended_proposal,
    ended_return,
    told,
)

SETTLED = (Outcome.CANCELED_BY_BUYER, Outcome.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided: `refund_minor` of the requested amount in all, and who bears it.

    What the marketplace already refunded on its own is taken off before paying. `recommended` is
    the rulebook's trace, None where the parties ended it themselves. `lines` are minor units by
    order line where staff ruled line by line; `code` is their reason in a word, and a side's text
    takes the place of the code's own.
    """

    outcome: Outcome
    refund_minor: int = 0
    borne_by: str = ""
    return_needed: bool = False
    recommended: dict[str, Any] | None = None
    reason: str = ""
    lines: dict[str, int] | None = None
    code: str = ""
    buyer_text: str = ""
    seller_text: str = ""
    would_change: tuple[dict[str, Any], ...] = ()
    approved_by: str = ""
    shared_ruling_id: int | None = None
    decided_by: tuple[str, str] | None = None  # kind and ref, if not the actor of the last step

    def to_json(self) -> dict[str, Any]:
        """The ruling as a return keeps it until the goods are back."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Ruling:
        """The ruling that `to_json` wrote."""
        decided_by = kept["decided_by"] and tuple(kept["decided_by"])
        typed = {
            "outcome": Outcome(kept["outcome"]),
            "decided_by": decided_by,
            "would_change": tuple(kept["would_change"]),
        }
        return cls(**kept | typed)


def hold_key(public_id: str) -> str:
    """The idempotency key of the transfer that holds the seller's money for a case."""
    return f"{public_id}:hold"


def resolve(
    case: Snapshot,
    ruling: Ruling,
    actor: Actor,
    now: datetime,
    first: tuple[Happening, ...] = (),
    rows: tuple[NewRow, ...] = (),
    **changes: Any,
) -> Transition:
    """The step that ends `case` by `ruling`; `first` are events that come before its own."""
    pay = max(0, ruling.refund_minor - case.now.credited_minor)
    borne_by = ruling.borne_by if pay else ""
    after = _ended(case, ruling, pay, borne_by, now, **changes)
    settlements, transfers = _money(case, pay, borne_by)
    return Transition(
        case,
        after,
        actor,
        now,
        (*first, Happening("case.resolved", _told_why(case, ruling, pay))),
        outbox=_messages(case, after, pay),
        transfers=transfers,
        settlements=settlements,
        rows=(*rows, decision_row(case, decision_values(case, ruling, pay, borne_by, actor, now))),
        closes=closes(case, pay + case.now.credited_minor, ruling.lines),
        request=ClosedRequest(answered=False),
        proposal=ended_proposal(case, ProposalEnd.OVERTAKEN),
        offer=closed_offer(case, OfferAnswer.CLOSED),
        returned=ended_return(case, ReturnResult.CLOSED, now),
    )


def _ended(
    case: Snapshot, ruling: Ruling, pay: int, borne_by: str, now: datetime, **changes: Any
) -> Standing:
    return replace(
        case.now,
        state=resolved(case.state).value,
        refunded_minor=pay,
        borne_by=borne_by,
        outcome=ruling.outcome.value,
        due_at=None,
        resolved_at=now,
        appeal_until=appeal_until(case, ruling, now),
        assigned_until=None,
        sweep_error="",
        **NO_EXTENSION_ASKED,
        **changes,
    )


def _money(
    case: Snapshot, pay: int, borne_by: str
) -> tuple[tuple[Settlement, ...], tuple[NewTransfer, ...]]:
    """The hold is posted when it is exactly what the seller owes; else voided and paid anew."""
    key = hold_key(case.public_id)
    if pay == case.requested_minor and borne_by == BorneBy.SELLER:
        return (Settlement(key, TransferState.POSTED),), ()
    voided = (Settlement(key, TransferState.VOIDED),)
    if not pay:
        return voided, ()
    seller = Party(AccountKind.SELLER, case.seller_ref)
    refund = NewTransfer(
        f"{case.public_id}:refund",
        TransferKind.REFUND,
        debit=seller if borne_by == BorneBy.SELLER else PLATFORM,
        credit=Party(AccountKind.BUYER, case.buyer_ref),
        amount=Money(pay, case.currency),
        state=TransferState.POSTED,
        subject=case.public_id,
    )
    return voided, (refund,)


def appeal_until(case: Snapshot, ruling: Ruling, now: datetime) -> datetime | None:
    """Until when a side may appeal against `ruling`, by *Appeal window*; None if it cannot be.

    Only what staff or a rule decided can be appealed against: who withdrew, accepted or settled
    decided himself.
    """
    if ruling.recommended is None or ruling.outcome in SETTLED:
        return None
    reason = ruling_reason(case.reason, case.sub_reason)
    days = case.book.evaluate("appeal_window", {"reason": reason}).number("open_for")
    return now + timedelta(days=days) if days else None


def closes(case: Snapshot, pay: int, lines: dict[str, int] | None = None) -> tuple[LinePaid, ...]:
    """What each line came to, whoever paid: by us, or refunded by the marketplace meanwhile.

    As staff ruled by line, where that is what it came to; else shared by what is claimed.
    """
    if lines and sum(lines.values()) == pay:
        return tuple(LinePaid(line.line_id, lines.get(line.external_id, 0)) for line in case.lines)
    if len(case.lines) == 1:
        return (LinePaid(case.lines[0].line_id, pay),)
    shares = Money(pay, case.currency).split([line.requested_minor for line in case.lines])
    return tuple(
        LinePaid(line.line_id, share.minor) for line, share in zip(case.lines, shares, strict=True)
    )


def _messages(case: Snapshot, after: Standing, pay: int) -> tuple[NewMessage, ...]:
    amount = Money(pay, case.currency).to_json()
    ended = told(
        case,
        "dispute.resolved",
        after,
        outcome=after.outcome,
        refund=amount,
        borne_by=after.borne_by,
    )
    if not pay:
        return (ended,)
    payout = NewMessage(
        "payout.requested",
        "case",
        case.public_id,
        {
            "dispute_id": case.public_id,
            "order": case.facts.order_ref,
            "buyer": case.buyer_ref,
            "amount": amount,
        },
        f"{case.public_id}:payout",
    )
    return (ended, payout)


def _told_why(case: Snapshot, ruling: Ruling, pay: int) -> dict[str, Any]:
    return {
        "outcome": ruling.outcome.value,
        "refund": Money(pay, case.currency).to_json(),
        "credited": Money(case.now.credited_minor, case.currency).to_json(),
        "borne_by": ruling.borne_by if pay else "",
        "recommended": ruling.recommended,
        "reason": ruling.reason,
        "code": ruling.code,
    }


def decision_row(case: Snapshot, values: dict[str, Any]) -> NewRow:
    """The decision to append, with its second look if it is drawn for one."""
    return NewRow(Decision, values, second_look(case, values))


def decision_values(
    case: Snapshot, ruling: Ruling, pay: int, borne_by: str, actor: Actor, now: datetime
) -> dict[str, Any]:
    """The row of a decision, by column."""
    decided_by = ruling.decided_by or (actor.kind.value, actor.ref)
    return {
        "case_id": case.id,
        "instance": Instance.FIRST.value,
        "appeal_outcome": "",
        "fraud": False,
        "outcome": ruling.outcome.value,
        "refund_minor": pay,
        "kept_minor": 0,
        "currency": case.currency,
        "borne_by": borne_by,
        "return_needed": ruling.return_needed,
        "lines": ruling.lines,
        "recommended": ruling.recommended,
        "would_change": list(ruling.would_change),
        "code": ruling.code,
        "reason": ruling.reason,
        "buyer_text": ruling.buyer_text,
        "seller_text": ruling.seller_text,
        "decided_by_kind": decided_by[0],
        "decided_by_ref": decided_by[1],
        "decided_at": now,
        "approved_by": ruling.approved_by,
        "shared_ruling_id": ruling.shared_ruling_id,
    }
