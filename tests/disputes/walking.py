"""Random walks: all verbs a walk uses, how often, and what is said with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from backoffice.accounts.models import User
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.orders.models import Order
from disputes.enums import DenyReason, EvidenceType
from disputes.lifecycle import TABLE, Verb
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.service.act import act
from disputes.verbs import (
    answers,
    appeals,
    decisions,
    escalation,
    evidence,
    holding,
    messages,
    offers,
    putting_back,
    returns,
    withdrawal,
)
from disputes.verbs.minimum import missing
from disputes.verbs.transition import Transition
from tests.disputes import walking_reviews as reviews
from tests.disputes import walking_settlements as settlements
from tests.factories import buyer_of, seller_of


def set_aside(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """What the sweep does to a case whose step failed."""
    return putting_back.set_aside(case, now, error="It broke.")


VERBS: dict[Verb, Callable[..., Any]] = {
    Verb.SEND_MESSAGE: messages.send_message,
    Verb.ACCEPT_CLAIM: answers.accept_claim,
    Verb.DENY: answers.deny,
    Verb.ESCALATE: escalation.escalate,
    Verb.WITHDRAW: withdrawal.withdraw,
    Verb.PROVIDE_EVIDENCE: evidence.provide_evidence,
    Verb.SET_ASIDE: set_aside,
    **settlements.VERBS,
    **reviews.VERBS,
}
# What happens by itself, by the event that tells of it.
BY_SYSTEM = {
    "case.lapsed": Verb.LAPSE,
    "case.review_overdue": Verb.LAPSE,
    "case.clock_paused": Verb.PAUSE,
    "case.facts_changed": Verb.NOTE_FACTS,
    "case.refund_noted": Verb.NOTE_REFUND,
}
# How often a verb is tried on the way onward; one that is not here, never.
WEIGHTS = {
    Verb.PROVIDE_EVIDENCE: 4,
    Verb.DENY: 4,
    Verb.MAKE_OFFER: 8,
    Verb.ACCEPT_OFFER: 4,
    Verb.DENY_OFFER: 4,
    Verb.ESCALATE: 2,
    Verb.ASK_EXTENSION: 4,
    Verb.EXTEND: 8,
    Verb.GIVE_RETURN_ADDRESS: 4,
    Verb.SHIP_RETURN: 6,
    Verb.ACKNOWLEDGE_RETURN: 8,
    Verb.ACCEPT_DEDUCTION: 4,
    Verb.CONTEST_DEDUCTION: 4,
    Verb.REQUIRE_EVIDENCE: 5,
    Verb.PUT_BACK: 6,
    Verb.TAKE: 1,
    Verb.RELEASE: 4,
    Verb.ADJUDICATE: 8,
    Verb.APPROVE: 4,
    Verb.SEND_BACK: 2,
    Verb.RECONSIDER: 2,
    Verb.APPEAL: 6,
    Verb.DECIDE_APPEAL: 8,
    Verb.PROVIDE_SUPPORTING_INFO: 1,
}
ONWARD = [key for key in TABLE for _ in range(WEIGHTS.get(key[0], 0))]
# With these, files may come.
WITH_FILES = {
    Verb.SEND_MESSAGE,
    Verb.ACCEPT_CLAIM,
    Verb.PROVIDE_EVIDENCE,
    Verb.PROVIDE_SUPPORTING_INFO,
    Verb.ACKNOWLEDGE_RETURN,
}
# What the default rulebook asks a buyer to show first.
ASKED = ["PROOF_OF_DAMAGE", "PROOF_OF_SIGNIFICANT_DIFFERENCE", "PROOF_OF_MISSING_ITEMS"]
ADJUDICATE = "disputes.adjudicate_case"


def some_staff() -> list[Actor]:
    """Somebody without rights, an adjudicator, and seniors enough for two instances."""
    both = frozenset({ADJUDICATE, holding.ABOVE_LIMIT})
    held = {"Ann": frozenset[str](), "Bob": frozenset({ADJUDICATE})}
    held |= dict.fromkeys(("Sue", "Tom", "Uma", "Vic"), both)
    people = []
    for name, permissions in held.items():
        email = f"{name.lower()}@example.com"
        user, _ = User.objects.get_or_create(email=email, name=name, is_staff=True)
        people.append(Actor(ActorKind.STAFF, str(user.pk), name, permissions=permissions))
    return people


def brought(public_id: str, order: Order, where: str, now: datetime, staff: list[Actor]) -> None:
    """Bring a case there at once: random steps seldom get so deep."""
    seller, buyer, bob = seller_of(order), buyer_of(order), staff[1]
    ruled = {"refund": Money(500, "USD"), "borne_by": "SELLER", "reason": "In part."}
    with_return = {"offer_type": "REFUND_WITH_RETURN", "amount": Money(900, "USD")}
    to_review: list[tuple[Any, Actor, dict[str, Any]]] = [
        (answers.deny, seller, {"reason": "OTHER", "note": "No."}),
        (escalation.escalate, buyer, {"note": "Decide."}),
    ]
    ways: dict[str, list[tuple[Any, Actor, dict[str, Any]]]] = {
        "TALK": to_review[:1],
        "REVIEW": to_review,
        "RETURN": [
            (offers.make_offer, seller, with_return | {"return_address": settlements.ADDRESS}),
            (offers.accept_offer, buyer, {}),
            (returns.ship_return, buyer, {"carrier": "UPS", "tracking_number": "1Z5R8939"}),
        ],
        "REPLACED": [
            (offers.make_offer, seller, {"offer_type": "REPLACEMENT_WITHOUT_REFUND"}),
            (offers.accept_offer, buyer, {}),
        ],
        "APPEAL": [
            *to_review,
            (decisions.adjudicate, bob, ruled),
            (appeals.appeal, buyer, {"text": "That is too little."}),
        ],
    }
    for kind in missing(snapshots.peek(public_id)):
        act(evidence.provide_evidence, public_id, buyer, now, evidence_type=kind, note="See.")
    for verb, actor, told in ways[where]:
        try:
            act(verb, public_id, actor, now, **told)
        except DomainError:
            return  # the claim was smaller


def params(verb: Verb, claimed: int, staff: list[Actor], chance: Random) -> dict[str, Any]:
    """What is said with a verb about a case that claims so much: mostly right, sometimes not."""
    told = _words(verb, chance)
    if told is None:
        told = reviews.params(verb, claimed, staff, chance)
    return settlements.params(verb, claimed, chance) if told is None else told


def _words(verb: Verb, chance: Random) -> dict[str, Any] | None:
    match verb:
        case Verb.SEND_MESSAGE:
            return {"body": chance.choice(["Where is it?", "Where is it?", " "])}
        case Verb.DENY:
            return {"reason": chance.choice([*DenyReason.values, "x"]), "note": "It was sent."}
        case Verb.ESCALATE:
            return {"note": "Please decide."}
        case Verb.PROVIDE_EVIDENCE:
            number = chance.choice(["", "RB123456785US"])
            kind = chance.choice([*ASKED * 12, *EvidenceType.values])
            return {"evidence_type": kind, "note": "See.", "tracking_number": number}
    return None
