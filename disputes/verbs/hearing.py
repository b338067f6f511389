"""An appeal is decided, by somebody who had no part in the first decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from backoffice.outbox.service import NewMessage
from backoffice.rulebook.engine.columns import Fact
from disputes.enums import AppealOutcome, BorneBy, Instance, Outcome, ProposalEnd
from disputes.lifecycle import State, Verb, resolved
from disputes.queries.known import Snapshot
from disputes.verbs.appeal_limits import before, check_changed, check_most, first_decision, had
from disputes.verbs.decisions import recommendation, ruling_from
from disputes.verbs.holding import freed, no_conflict, require_free
from disputes.verbs.line_amounts import LineAward, after_appeal
from disputes.verbs.making_whole import Remade, remade
from disputes.verbs.proposals import open_proposal, proposal_row, said
from disputes.verbs.resolution import Ruling, closes, decision_row, decision_values
from disputes.verbs.transition import (
    Happening,
    LinePaid,
    MovedProposal,
    NewRow,
    Transition,
    require,
    told,
    updated,
    waits,
)


def decide_appeal(case: Snapshot, actor: Actor, now: datetime, **ruling: Any) -> Transition:
    """Decide the appeal: UPHELD leaves all as it was; CHANGED and REVERSED rule anew.

    `ruling` is what `_heard` takes. Where what changes hands is above the approval limit, a second
    senior person approves first. Raises Forbidden for whoever decided or approved the first
    decision, Invalid naming the field.
    """
    heard = _heard(case, actor, now, **ruling)
    if _needs_two(case, *heard, now):
        return _to_approve(case, *heard, actor, now)
    return _decided(case, *heard, actor, now)


def foresee_appeal(case: Snapshot, actor: Actor, now: datetime, **ruling: Any) -> Transition:
    """What `decide_appeal` comes to once all have agreed: for a preview, never to be written."""
    return _decided(case, *_heard(case, actor, now, **ruling), actor, now)


def _heard(
    case: Snapshot,
    actor: Actor,
    now: datetime,
    *,
    outcome: str,
    refund: Money | None = None,
    borne_by: str = "",
    lines: Mapping[str, LineAward] | None = None,
    fraud: bool = False,
    **texts: Any,
) -> tuple[Ruling, str, bool]:
    """The ruling, its outcome, and whether there was fraud, checked.

    `refund` (or `lines`) is what the buyer should have in all, `fraud` that he was paid in bad
    faith; where the first decision is upheld, only the `texts` count, as in a first decision.
    """
    require(case, Verb.DECIDE_APPEAL, actor, now)
    no_conflict(case, actor)
    require_free(case, actor, now)
    if outcome not in AppealOutcome.values:
        raise Invalid(
            f"Say {', '.join(AppealOutcome.values)}.", code="unknown_outcome", field="outcome"
        )
    if outcome == AppealOutcome.UPHELD:
        ruling = _upheld(case, now, **texts)
    else:
        ruling = ruling_from(case, now, refund=refund, borne_by=borne_by, lines=lines, **texts)
        check_changed(case, ruling, outcome)
    if fraud and not money_after(case, ruling, outcome, fraud).clawed_back_minor:
        raise Invalid(
            _("Fraud takes money back from the buyer: rule that he gets less than he was paid."),
            code="nothing_to_take_back",
            field="fraud",
        )
    return ruling, outcome, fraud


def _upheld(case: Snapshot, now: datetime, **texts: Any) -> Ruling:
    """The first decision's ruling, with the words of who heard the appeal."""
    first, has = first_decision(case), Money(had(case), case.currency)
    ruling = ruling_from(case, now, refund=has, borne_by=BorneBy.SELLER.value, **texts)
    return replace(
        ruling, outcome=Outcome(first.outcome), borne_by=first.borne_by, lines=first.lines
    )


def approved_on_appeal(
    case: Snapshot, ruling: Ruling, actor: Actor, now: datetime, approved: Happening
) -> Transition:
    """The second person agreed: what was proposed on the appeal is carried out.

    Raises Invalid where less is left to pay than when it was proposed: it has to be sent back.
    """
    check_most(case, ruling)
    proposal = open_proposal(case)
    step = _decided(case, ruling, proposal.appeal_outcome, proposal.fraud, actor, now, (approved,))
    done = MovedProposal(ProposalEnd.EXECUTED.value, ruling.approved_by)
    return replace(step, proposal=done)


def money_after(case: Snapshot, ruling: Ruling, outcome: str, fraud: bool) -> Remade:
    """What the decision on appeal does to money; nothing where the first is upheld."""
    if outcome == AppealOutcome.UPHELD:
        return Remade(case.now.refunded_minor, 0, case.now.borne_by, 0, 0, 0, 0, ())
    ruled = max(0, ruling.refund_minor - case.now.credited_minor)
    return remade(case, ruled, ruling.borne_by if ruled else "", fraud=fraud)


def _decided(
    case: Snapshot,
    ruling: Ruling,
    outcome: str,
    fraud: bool,
    actor: Actor,
    now: datetime,
    first: tuple[Happening, ...] = (),
) -> Transition:
    money = money_after(case, ruling, outcome, fraud)
    after = replace(
        case.now,
        state=resolved(case.state).value,
        refunded_minor=money.paid_minor,
        borne_by=money.borne_by,
        outcome=ruling.outcome.value,
        due_at=None,
        resolved_at=now,
        appeal_until=None,
        assigned_until=None,
        sweep_error="",
    )
    data = _told_why(case, ruling, outcome, fraud, money)
    return Transition(
        case,
        after,
        actor,
        now,
        (*first, Happening("case.appeal_decided", data)),
        outbox=(told(case, "dispute.resolved", after, **data), *_payout(case, money)),
        transfers=money.transfers,
        rows=(_row(case, ruling, outcome, fraud, money, actor, now),),
        closes=_closes(case, ruling, money),
        appeal=outcome,
    )


def _closes(case: Snapshot, ruling: Ruling, money: Remade) -> tuple[LinePaid, ...]:
    """What each line came to; a line whose money did not change says what it said before."""
    total = money.paid_minor + case.now.credited_minor
    return closes(case, total, after_appeal(case, total, before(case), ruling.lines))


def _row(
    case: Snapshot,
    ruling: Ruling,
    outcome: str,
    fraud: bool,
    money: Remade,
    actor: Actor,
    now: datetime,
) -> NewRow:
    pay = money.paid_minor - money.kept_minor
    values = decision_values(case, ruling, pay, money.borne_by if pay else "", actor, now)
    values |= {
        "instance": Instance.APPEAL.value,
        "appeal_outcome": outcome,
        "fraud": fraud,
        "kept_minor": money.kept_minor,
    }
    return decision_row(case, values)


def _told_why(
    case: Snapshot, ruling: Ruling, outcome: str, fraud: bool, money: Remade
) -> dict[str, object]:
    amounts = {
        "refund": money.paid_minor,
        "kept": money.kept_minor,
        "further": money.further_minor,
        "reimbursed": money.reimbursed_minor,
        "recovered": money.recovered_minor,
        "clawed_back": money.clawed_back_minor,
    }
    return {
        **{name: Money(minor, case.currency).to_json() for name, minor in amounts.items()},
        "appeal_outcome": outcome,
        "outcome": ruling.outcome.value,
        "borne_by": money.borne_by,
        "fraud": fraud,
        "recommended": ruling.recommended,
        "reason": ruling.reason,
        "code": ruling.code,
    }


def _payout(case: Snapshot, money: Remade) -> tuple[NewMessage, ...]:
    if not money.further_minor:
        return ()
    data = {
        "dispute_id": case.public_id,
        "order": case.facts.order_ref,
        "buyer": case.buyer_ref,
        "amount": Money(money.further_minor, case.currency).to_json(),
    }
    key = f"{case.public_id}:payout:appeal"
    return (NewMessage("payout.requested", "case", case.public_id, data, key),)


def _to_approve(
    case: Snapshot, ruling: Ruling, outcome: str, fraud: bool, actor: Actor, now: datetime
) -> Transition:
    after = freed(waits(case, State.APPEAL_TO_APPROVE, now))
    data = {**said(case, ruling), "appeal_outcome": outcome, "due_at": after.due_at}
    row = proposal_row(case, ruling, actor, now, Instance.APPEAL, outcome, fraud)
    return updated(case, after, actor, now, "case.decision_to_approve", data, rows=(row,))


def _needs_two(case: Snapshot, ruling: Ruling, outcome: str, fraud: bool, now: datetime) -> bool:
    """By the approval limit, or where the ruling itself wants two, if any money moves.

    The limit is of what changes hands; where the buyer gets more, of all that he then has from us:
    two decisions below the limit do not go round it.
    """
    money = money_after(case, ruling, outcome, fraud)
    if not money.moved_minor:
        return False
    in_all = money.paid_minor if money.further_minor else 0
    moved = Money(max(money.moved_minor, in_all), case.currency)
    if recommendation(case, now).text("decided_by") == "TWO_STAFF":
        return True
    inputs: dict[str, Fact] = {"value": moved}
    return case.book.evaluate("approval_limit", inputs).text("decided_by") == "TWO_STAFF"
