"""What people do about offers, returns, approvals and appeals: pure choices by dice."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from backoffice.common.actors import ActorKind
from backoffice.common.money import Money
from disputes.demo import words
from disputes.demo.steps import Step, Waiting, step
from disputes.enums import Acknowledgement, AppealOutcome, BorneBy, OfferType
from disputes.lifecycle import State, Verb
from disputes.queries.known import Snapshot
from disputes.verbs.minimum import missing

ADDRESSES = (
    "Returns, Unit 7, 118 Wharf Road, Hong Kong",
    "Retouren, Lagerstraße 4, 20537 Hamburg",
    "Returns Desk, 2200 Harbor Blvd, Reno NV 89502",
)


def offers(dice: Random, case: Waiting, hours: tuple[float, float], who: ActorKind) -> Step:
    """Somebody makes an offer; how much, `offer` says when it is made."""
    return step(dice, case, hours, Verb.MAKE_OFFER, who)


def _buyer_shows(dice: Random, case: Waiting) -> list[Step]:
    """Most buyers send their photos within two days; some never do."""
    if dice.random() < 0.06:
        return []
    return [step(dice, case, (0.2, 40), Verb.PROVIDE_EVIDENCE, ActorKind.BUYER)]


def _buyer_answers(dice: Random, case: Waiting) -> list[Step]:
    return _answers(dice, case, ActorKind.BUYER)


def _seller_answers(dice: Random, case: Waiting) -> list[Step]:
    return _answers(dice, case, ActorKind.SELLER)


def _answers(dice: Random, case: Waiting, who: ActorKind) -> list[Step]:
    lot = dice.random()
    if lot < 0.42:
        return [step(dice, case, (3, 60), Verb.ACCEPT_OFFER, who)]
    if lot < 0.60:
        return [step(dice, case, (3, 60), Verb.MAKE_OFFER, who)]
    if lot < 0.78:
        note = dice.choice(words.OFFER_REFUSED)
        return [step(dice, case, (3, 60), Verb.DENY_OFFER, who, note=note)]
    if lot < 0.95:
        note = dice.choice(words.ESCALATIONS)
        return [step(dice, case, (10, 90), Verb.ESCALATE, who, note=note)]
    return []


def _goods_go_back(dice: Random, case: Waiting) -> list[Step]:
    address = dice.choice(ADDRESSES)
    steps = [step(dice, case, (2, 20), Verb.GIVE_RETURN_ADDRESS, ActorKind.SELLER, address=address)]
    if dice.random() < 0.9:
        number = f"RR{dice.randrange(10**8):08}0CN"
        sent = {"carrier": "DHL", "tracking_number": number}
        steps.append(step(dice, case, (30, 150), Verb.SHIP_RETURN, ActorKind.BUYER, **sent))
    return steps


def _seller_looks(dice: Random, case: Waiting) -> list[Step]:
    if dice.random() < 0.1:
        return []
    return [step(dice, case, (60, 240), Verb.ACKNOWLEDGE_RETURN, ActorKind.SELLER)]


def _buyer_weighs(dice: Random, case: Waiting) -> list[Step]:
    if dice.random() < 0.7:
        return [step(dice, case, (4, 80), Verb.ACCEPT_DEDUCTION, ActorKind.BUYER)]
    note = dice.choice(words.DEDUCTION_WRONG)
    return [step(dice, case, (4, 80), Verb.CONTEST_DEDUCTION, ActorKind.BUYER, note=note)]


def _senior_approves(dice: Random, case: Waiting) -> list[Step]:
    if dice.random() < 0.15:
        note = dice.choice(words.SENT_BACK)
        return [step(dice, case, (2, 20), Verb.SEND_BACK, ActorKind.STAFF, note=note)]
    return [step(dice, case, (2, 20), Verb.APPROVE, ActorKind.STAFF)]


def _loser_appeals(dice: Random, case: Waiting) -> list[Step]:
    if dice.random() > 0.16:
        return []
    who = dice.choice((ActorKind.BUYER, ActorKind.SELLER))
    text = dice.choice(words.APPEALS)
    return [step(dice, case, (6, 140), Verb.APPEAL, who, text=text)]


def _senior_hears(dice: Random, case: Waiting) -> list[Step]:
    return [step(dice, case, (20, 100), Verb.DECIDE_APPEAL, ActorKind.STAFF)]


PLANS: dict[State, Callable[[Random, Waiting], list[Step]]] = {
    State.BUYER_TO_SHOW: _buyer_shows,
    State.OFFER_TO_BUYER: _buyer_answers,
    State.OFFER_TO_SELLER: _seller_answers,
    State.RETURN_TO_SHIP: _goods_go_back,
    State.RETURN_UNDERWAY: _seller_looks,
    State.RETURN_DELIVERED: _seller_looks,
    State.DEDUCTION_TO_BUYER: _buyer_weighs,
    State.TO_APPROVE: _senior_approves,
    State.APPEAL_REVIEW: _senior_hears,
    State.APPEAL_TO_APPROVE: _senior_approves,
    State.RESOLVED_IN_INQUIRY: _loser_appeals,
    State.RESOLVED_IN_REVIEW: _loser_appeals,
}


def offer(dice: Random, case: Snapshot) -> dict[str, Any]:
    """What is offered: part of the claim, sometimes the goods back for all of it."""
    if dice.random() < 0.3:
        kind, amount = OfferType.REFUND_WITH_RETURN, case.requested
    else:
        kind, amount = OfferType.REFUND, case.requested.percent(dice.choice((30, 40, 50, 60, 80)))
    return {
        "offer_type": kind.value,
        "amount": Money(max(1, amount.minor), case.currency),
        "note": dice.choice(words.OFFERS),
    }


def first_evidence(dice: Random, case: Snapshot) -> dict[str, Any] | None:
    """What the buyer has still to show first; None when nothing is missing."""
    kinds = missing(case)
    if not kinds:
        return None
    return {"evidence_type": kinds[0], "note": words.GIVEN.get(kinds[0], words.SEE_PHOTOS)}


def acknowledgement(dice: Random, case: Snapshot) -> dict[str, Any]:
    """What the seller says of a return: mostly that it came."""
    if dice.random() < 0.65:
        return {"acknowledgement": Acknowledgement.ITEM_RECEIVED.value}
    if dice.random() < 0.75:
        told = {"deduction_percent": dice.choice((10, 15, 20, 30)), "note": words.USED}
        return {"acknowledgement": Acknowledgement.DAMAGED.value, **told}
    return {"acknowledgement": Acknowledgement.MISSING_ITEMS.value, "note": words.INCOMPLETE}


def appeal_decision(dice: Random, case: Snapshot) -> dict[str, Any]:
    """Most appeals change nothing; the others turn all into nothing, or nothing into all."""
    had = case.now.refunded_minor + case.now.credited_minor
    if dice.random() < 0.6:
        return {"outcome": AppealOutcome.UPHELD.value, "reason": dice.choice(words.UPHELD)}
    refund = Money(0 if had else case.requested_minor, case.currency)
    return {
        "outcome": AppealOutcome.REVERSED.value,
        "reason": dice.choice(words.REVERSED),
        "refund": refund,
        "borne_by": BorneBy.SELLER.value if refund.minor else "",
    }
