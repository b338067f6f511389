"""What people do when a case waits for them: pure choices by dice, carried out by the world."""

from __future__ import annotations

from random import Random

from backoffice.common.actors import ActorKind
from disputes.demo import settling, words
from disputes.demo.orders import Fate, Story
from disputes.demo.steps import Step, Waiting, says, step, text
from disputes.enums import DenyReason, EvidenceType, Party
from disputes.lifecycle import State, Verb


def plan(dice: Random, case: Waiting) -> list[Step]:
    """What will be done about `case` while it stands as it does."""
    return PLANS.get(case.state, _nothing)(dice, case)


def _nothing(dice: Random, case: Waiting) -> list[Step]:
    return []


def claim_note(dice: Random, reason: str, story: Story) -> str:
    """What the buyer writes with the claim."""
    chinese = story.buyer.land.country == "CN"
    texts = words.CLAIMS_CHINESE if chinese else words.CLAIMS
    return text(dice, texts[reason], story)


def _seller_answers(dice: Random, case: Waiting) -> list[Step]:
    story, shop = case.story, case.story.shop
    steps = []
    if not case.hushed and dice.random() < 0.04:
        steps.append(step(dice, case, (5, 80), Verb.WITHDRAW, ActorKind.BUYER))
    if case.hushed or dice.random() < shop.silent:
        if dice.random() < 0.5:
            steps.append(says(dice, case, (40, 100), ActorKind.BUYER, words.NUDGES))
        return steps
    if dice.random() < shop.yields * 0.7:
        return [*steps, step(dice, case, (4, 90), Verb.ACCEPT_CLAIM, ActorKind.SELLER)]
    if dice.random() < 0.4:
        steps.append(says(dice, case, (2, 30), ActorKind.SELLER, _seller_talk(case)))
    if dice.random() < 0.1:
        return [*steps, settling.offers(dice, case, (6, 80), ActorKind.SELLER)]
    reason = _deny_reason(dice, case)
    topic = case.reason if reason == DenyReason.AS_DESCRIBED else reason
    note = text(dice, words.DENIALS[topic], story)
    if dice.random() < 0.35:
        steps.append(_seller_shows(dice, case, (5, 50)))
    deny = step(dice, case, (4, 70), Verb.DENY, ActorKind.SELLER, reason=reason, note=note)
    return [*steps, deny]


def _deny_reason(dice: Random, case: Waiting) -> str:
    if dice.random() < 0.08:
        return DenyReason.OTHER.value
    if case.reason != "NOT_RECEIVED":
        return DenyReason.AS_DESCRIBED.value
    there = case.story.fate in (Fate.DENIED_BY_BUYER, Fate.SHOP_PICKUP)
    return (DenyReason.DELIVERED if there else DenyReason.IN_TRANSIT).value


def _seller_talk(case: Waiting) -> tuple[str, ...]:
    return words.SELLER_WAITS if case.reason == "NOT_RECEIVED" else words.SELLER_TALKS


def _buyer_talk(case: Waiting) -> tuple[str, ...]:
    return words.BUYER_WAITED if case.reason == "NOT_RECEIVED" else words.BUYER_TALKS


def _sides_talk(dice: Random, case: Waiting) -> list[Step]:
    steps = [
        says(dice, case, (3, 24), ActorKind.BUYER, _buyer_talk(case)),
        says(dice, case, (26, 60), ActorKind.SELLER, _seller_talk(case)),
        says(dice, case, (62, 110), ActorKind.BUYER, _buyer_talk(case)),
    ][: dice.choice((0, 1, 2, 2, 3))]
    lot = dice.random()
    if lot < 0.08:
        return [*steps, step(dice, case, (20, 120), Verb.WITHDRAW, ActorKind.BUYER)]
    if lot < 0.20:
        return [*steps, step(dice, case, (20, 150), Verb.ACCEPT_CLAIM, ActorKind.SELLER)]
    if lot < 0.33:
        who = ActorKind.SELLER if dice.random() < 0.75 else ActorKind.BUYER
        return [*steps, settling.offers(dice, case, (10, 130), who)]
    if lot < 0.85:
        who = ActorKind.BUYER if dice.random() < 0.9 else ActorKind.SELLER
        note = text(dice, words.ESCALATIONS, case.story)
        return [*steps, step(dice, case, (20, 150), Verb.ESCALATE, who, note=note)]
    return steps


def _staff_review(dice: Random, case: Waiting) -> list[Step]:
    slow = dice.random() < 0.3
    hours = (55, 130) if slow else (10, 47)
    steps = []
    if dice.random() < 0.75:
        steps.append(step(dice, case, (1, 22), Verb.TAKE, ActorKind.STAFF))
    if dice.random() < 0.15:
        steps.append(says(dice, case, (5, 25), ActorKind.STAFF, words.STAFF_NOTES))
    if not case.asked_before and dice.random() < 0.5:
        party, kind = _wanted(dice, case)
        ask = {"party": party, "evidence_type": kind, "note": words.ASKED[kind]}
        return [*steps, step(dice, case, (2, 26), Verb.REQUIRE_EVIDENCE, ActorKind.STAFF, **ask)]
    return [*steps, step(dice, case, hours, Verb.ADJUDICATE, ActorKind.STAFF)]


WANTED = {
    "NOT_RECEIVED": (
        (Party.SELLER, EvidenceType.PROOF_OF_FULFILLMENT),
        (Party.SELLER, EvidenceType.PROOF_OF_DELIVERY_SIGNATURE),
        (Party.BUYER, EvidenceType.PROOF_OF_ITEM_NOT_RECEIVED),
    ),
    "DAMAGED": (
        (Party.BUYER, EvidenceType.PROOF_OF_DAMAGE),
        (Party.SELLER, EvidenceType.PHOTOS_OF_SHIPPED_ITEM),
    ),
    "MISSING_PARTS": ((Party.BUYER, EvidenceType.PROOF_OF_MISSING_ITEMS),),
}
DIFFERENT = (
    (Party.BUYER, EvidenceType.PROOF_OF_SIGNIFICANT_DIFFERENCE),
    (Party.SELLER, EvidenceType.ITEM_DESCRIPTION),
)


def _wanted(dice: Random, case: Waiting) -> tuple[str, str]:
    party, kind = dice.choice(WANTED.get(case.reason, DIFFERENT))
    return party.value, kind.value


def _buyer_gives(dice: Random, case: Waiting) -> list[Step]:
    return _gives(dice, case, ActorKind.BUYER, 0.8)


def _seller_gives(dice: Random, case: Waiting) -> list[Step]:
    return _gives(dice, case, ActorKind.SELLER, 1 - case.story.shop.silent)


def _gives(dice: Random, case: Waiting, who: ActorKind, chance: float) -> list[Step]:
    if dice.random() >= chance:
        return []
    given = {"evidence_type": case.asked_for, "note": words.GIVEN[case.asked_for]}
    return [step(dice, case, (18, 116), Verb.PROVIDE_EVIDENCE, who, **given)]


def _seller_shows(dice: Random, case: Waiting, hours: tuple[float, float]) -> Step:
    """Evidence that the seller gives unasked, before he denies: tracking if there is some."""
    parcel = next((f.item for f in case.story.facts if f.kind == "shipments"), None)
    if case.reason == "NOT_RECEIVED" and parcel:
        shown = {
            "evidence_type": EvidenceType.ADDITIONAL_TRACKING_INFORMATION.value,
            "carrier": parcel["carrier"],
            "tracking_number": parcel["tracking_number"],
        }
    else:
        missing = case.reason == "NOT_RECEIVED"
        shipped, photos = EvidenceType.PROOF_OF_FULFILLMENT, EvidenceType.PHOTOS_OF_SHIPPED_ITEM
        kind = (shipped if missing else photos).value
        shown = {"evidence_type": kind, "note": words.GIVEN[kind]}
    return step(dice, case, hours, Verb.PROVIDE_EVIDENCE, ActorKind.SELLER, **shown)


PLANS = {
    **settling.PLANS,
    State.SELLER_TO_ANSWER: _seller_answers,
    State.NEGOTIATION: _sides_talk,
    State.UNDER_REVIEW: _staff_review,
    State.BUYER_EVIDENCE: _buyer_gives,
    State.SELLER_EVIDENCE: _seller_gives,
}
