"""The verbs people use, what they put in them at that moment, and who of staff does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from backoffice.common.actors import Actor
from disputes.demo import settling
from disputes.demo.decisions import decision
from disputes.lifecycle import PERMISSIONS, Verb, permission
from disputes.queries.known import Snapshot
from disputes.verbs.acknowledgements import (
    accept_deduction,
    acknowledge_return,
    contest_deduction,
)
from disputes.verbs.answers import accept_claim, deny
from disputes.verbs.appeals import appeal
from disputes.verbs.approvals import approve, send_back
from disputes.verbs.decisions import adjudicate
from disputes.verbs.escalation import escalate
from disputes.verbs.evidence import provide_evidence, require_evidence
from disputes.verbs.hearing import decide_appeal
from disputes.verbs.holding import take
from disputes.verbs.messages import send_message
from disputes.verbs.notes import add_note
from disputes.verbs.offers import accept_offer, deny_offer, make_offer
from disputes.verbs.returns import give_return_address, ship_return
from disputes.verbs.withdrawal import withdraw

VERBS: dict[Verb, Callable[..., Any]] = {
    Verb.SEND_MESSAGE: send_message,
    Verb.ACCEPT_CLAIM: accept_claim,
    Verb.DENY: deny,
    Verb.MAKE_OFFER: make_offer,
    Verb.ACCEPT_OFFER: accept_offer,
    Verb.DENY_OFFER: deny_offer,
    Verb.ESCALATE: escalate,
    Verb.WITHDRAW: withdraw,
    Verb.REQUIRE_EVIDENCE: require_evidence,
    Verb.PROVIDE_EVIDENCE: provide_evidence,
    Verb.GIVE_RETURN_ADDRESS: give_return_address,
    Verb.SHIP_RETURN: ship_return,
    Verb.ACKNOWLEDGE_RETURN: acknowledge_return,
    Verb.ACCEPT_DEDUCTION: accept_deduction,
    Verb.CONTEST_DEDUCTION: contest_deduction,
    Verb.TAKE: take,
    Verb.ADD_NOTE: add_note,
    Verb.ADJUDICATE: adjudicate,
    Verb.APPROVE: approve,
    Verb.SEND_BACK: send_back,
    Verb.APPEAL: appeal,
    Verb.DECIDE_APPEAL: decide_appeal,
}
SHARES = {"all": 100, "part": 60, "none": 0}


def built(dice: Random, verb: Verb, case: Snapshot, now: datetime) -> dict[str, Any] | None:
    """What is said with `verb` as the case stands now; None where nothing is left to say."""
    match verb:
        case Verb.ADJUDICATE:
            return decision(dice, case, now)
        case Verb.MAKE_OFFER:
            return settling.offer(dice, case)
        case Verb.PROVIDE_EVIDENCE:
            return settling.first_evidence(dice, case)
        case Verb.ACKNOWLEDGE_RETURN:
            return settling.acknowledgement(dice, case)
        case Verb.DECIDE_APPEAL:
            return settling.appeal_decision(dice, case)
    return {}


def told(
    dice: Random, verb: Verb, case: Snapshot, now: datetime, said: dict[str, Any]
) -> dict[str, Any] | None:
    """What a script says with `verb`; what it leaves open, the dice choose.

    `all`, `part` and `none` stand for the amount, which only the case knows.
    """
    share = next((share for name, share in SHARES.items() if said.get(name)), None)
    chosen: dict[str, Any] | None = {k: v for k, v in said.items() if k not in SHARES}
    if not chosen or share is not None:
        usual = built(dice, verb, case, now)
        chosen = None if usual is None else {**usual, **(chosen or {})}
    if chosen is not None and share is not None:
        amount = case.requested.percent(share)
        if verb == Verb.MAKE_OFFER:
            return {**chosen, "amount": amount}
        return {**chosen, "refund": amount, "borne_by": "SELLER" if share else ""}
    return chosen


def who_decides(verb: Verb, case: Snapshot, usual: Actor, seniors: list[Actor]) -> Actor:
    """Who of staff uses `verb`: for what seniors do, one who had no part in the case before."""
    if permission(verb, case.state) != PERMISSIONS[Verb.APPROVE]:
        return usual
    first, proposal = case.judged.first, case.judged.proposal
    busy = {first.decided_by_ref, first.approved_by} if first else set()
    if proposal:
        busy.add(proposal.proposed_by)
    return next((senior for senior in seniors if senior.ref not in busy), seniors[0])
