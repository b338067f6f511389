"""A decision on its way: a second person's approval, both sides' comment, then it is carried out.

Nothing moves before. The proposer never approves his own, and no timer goes round an approval.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Refused
from backoffice.common.money import Money
from backoffice.rulebook.engine.columns import Fact
from disputes.enums import Instance, Outcome, ProposalEnd
from disputes.lifecycle import State
from disputes.models import Proposal
from disputes.queries.known import OpenProposal, Snapshot, ruling_reason
from disputes.verbs.holding import freed
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.returns import open_return
from disputes.verbs.transition import (
    Happening,
    MovedProposal,
    NewRow,
    Transition,
    told,
    updated,
    waits,
)


def to_approve(case: Snapshot, ruling: Ruling, actor: Actor, now: datetime) -> Transition:
    """`ruling` waits for a second, senior person. The sides are not told of it yet."""
    after = freed(waits(case, State.TO_APPROVE, now))
    data = {**said(case, ruling), "due_at": after.due_at}
    row = proposal_row(case, ruling, actor, now)
    return updated(case, after, actor, now, "case.decision_to_approve", data, rows=(row,))


def settle(
    case: Snapshot, ruling: Ruling, actor: Actor, now: datetime, first: tuple[Happening, ...] = ()
) -> Transition:
    """`ruling`, approved where it must be: shown to both sides first, or carried out at once."""
    inputs: dict[str, Fact] = {
        "reason": ruling_reason(case.reason, case.sub_reason),
        "value": case.requested,
    }
    if case.book.evaluate("comment_period", inputs).flag("shown_first"):
        return _show(case, ruling, actor, now, first)
    return execute(case, ruling, actor, now, first)


def execute(
    case: Snapshot, ruling: Ruling, actor: Actor, now: datetime, first: tuple[Happening, ...] = ()
) -> Transition:
    """Carry `ruling` out: pay and end the case, or let the goods go back first."""
    if not ruling.decided_by:
        ruling = replace(ruling, decided_by=(actor.kind.value, actor.ref))
    step = (open_return if ruling.return_needed else resolve)(case, ruling, actor, now, first=first)
    done = MovedProposal(
        ProposalEnd.EXECUTED.value, ruling.approved_by if _new(case, ruling) else ""
    )
    return replace(step, proposal=done if case.judged.proposal else None)


def final(case: Snapshot, now: datetime, actor: Actor, first: tuple[Happening, ...]) -> Transition:
    """Both sides had their time to comment: the proposed decision is carried out."""
    if case.state != State.PROPOSED:
        raise Refused("Only a decision shown to both sides becomes final.", code="not_proposed")
    return execute(case, ruling_of(case, open_proposal(case)), actor, now, first)


def open_proposal(case: Snapshot) -> OpenProposal:
    """The proposal that a case in such a state has."""
    assert case.judged.proposal is not None, "a case that waits for a proposal has one"
    return case.judged.proposal


def ruling_of(case: Snapshot, proposal: OpenProposal) -> Ruling:
    """The ruling that was proposed; it stays its proposer's decision."""
    favoured = Outcome.BUYER_FAVOUR if proposal.borne_by == "SELLER" else Outcome.WITH_PAYOUT
    return Ruling(
        favoured if proposal.refund_minor else Outcome.SELLER_FAVOUR,
        refund_minor=proposal.refund_minor,
        borne_by=proposal.borne_by,
        return_needed=proposal.return_needed,
        recommended=proposal.recommended,
        reason=proposal.reason,
        lines=proposal.lines,
        code=proposal.code,
        buyer_text=proposal.buyer_text,
        seller_text=proposal.seller_text,
        approved_by=proposal.approved_by,
        shared_ruling_id=proposal.shared_ruling_id,
        decided_by=(ActorKind.STAFF.value, proposal.proposed_by),
    )


def proposal_row(
    case: Snapshot,
    ruling: Ruling,
    actor: Actor,
    now: datetime,
    instance: Instance = Instance.FIRST,
    appeal_outcome: str = "",
    fraud: bool = False,
) -> NewRow:
    """The proposal to append."""
    values = {
        "case_id": case.id,
        "instance": instance.value,
        "appeal_outcome": appeal_outcome,
        "fraud": fraud,
        "refund_minor": ruling.refund_minor,
        "currency": case.currency,
        "borne_by": ruling.borne_by,
        "return_needed": ruling.return_needed,
        "lines": ruling.lines,
        "code": ruling.code,
        "reason": ruling.reason,
        "buyer_text": ruling.buyer_text,
        "seller_text": ruling.seller_text,
        "recommended": ruling.recommended,
        "proposed_by": actor.ref,
        "proposed_at": now,
        "shared_ruling_id": ruling.shared_ruling_id,
    }
    return NewRow(Proposal, values)


def said(case: Snapshot, ruling: Ruling) -> dict[str, object]:
    """What an event says of a ruling that is not final."""
    return {
        "refund": Money(ruling.refund_minor, case.currency).to_json(),
        "borne_by": ruling.borne_by,
        "return_needed": ruling.return_needed,
        "code": ruling.code,
        "reason": ruling.reason,
    }


def _show(
    case: Snapshot, ruling: Ruling, actor: Actor, now: datetime, first: tuple[Happening, ...]
) -> Transition:
    """Both sides see the decision and may comment; it becomes final when the time is over."""
    after = freed(waits(case, State.PROPOSED, now))
    shown = Happening("case.decision_proposed", {**said(case, ruling), "due_at": after.due_at})
    known = case.judged.proposal is not None
    return Transition(
        case,
        after,
        actor,
        now,
        (*first, shown),
        outbox=(told(case, "dispute.updated", after, event=shown.action),),
        rows=() if known else (proposal_row(case, ruling, actor, now),),
        proposal=MovedProposal(approved_by=ruling.approved_by) if known else None,
    )


def _new(case: Snapshot, ruling: Ruling) -> bool:
    """Whether the approval is of this very step, and not written with the proposal already."""
    return (
        case.judged.proposal is not None and ruling.approved_by != case.judged.proposal.approved_by
    )
