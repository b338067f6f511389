"""What staff and rules decided, as PayPal's `adjudications`: who is paid, who bears it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from backoffice.common.actors import ActorKind
from backoffice.ledger.enums import TransferKind
from disputes.api.paypal.shapes import Shape, latest, moment, shape
from disputes.enums import BorneBy, DecisionCode, Instance, Outcome, Stage
from disputes.lifecycle import PLACES, Waiting
from disputes.models import Decision
from disputes.queries.public import PublicCase
from disputes.queries.waits import Wait

MOST = 10
PAID = frozenset({Outcome.BUYER_FAVOUR, Outcome.WITH_PAYOUT})
# What PayPal calls our reasons; those it has no word for rest on what is known.
WHAT_IS_KNOWN = "DECISION_BASED_ON_AVAILABLE_INFORMATION"
REASONS: dict[str, str] = {
    DecisionCode.NOT_DELIVERED: "ITEM_NOT_DELIVERED",
    DecisionCode.LOST_IN_TRANSIT: "ITEM_NOT_DELIVERED",
    DecisionCode.DELIVERED: "VALID_PROOF_OF_DELIVERY",
    DecisionCode.DELIVERED_LATE: "DELIVERY_AFTER_EXPECTED_DELIVERY_DATE",
    DecisionCode.STILL_IN_TIME: "DELIVERY_DUE_WITHIN_EXPECTED_DELIVERY_DATE",
    DecisionCode.DAMAGED_IN_TRANSIT: "ITEM_NOT_AS_DESCRIBED",
    DecisionCode.DIFFERS: "ITEM_NOT_AS_DESCRIBED",
    DecisionCode.AS_DESCRIBED: "ITEM_SOLD_AS_DESCRIBED",
    DecisionCode.COUNTERFEIT: "ITEM_SERVICE_MISREPRESENTED",
}
# Whose silence a rule decided on, by what the case waited for.
SILENCES: dict[Waiting, str] = {
    Waiting.BUYER_MINIMUM: "NO_DOCUMENTATION_FROM_BUYER",
    Waiting.SELLER_RESPONSE: "NO_SELLER_RESPONSE",
    Waiting.NEGOTIATION: "NO_RESPONSE_FROM_BUYER",
    Waiting.BUYER_EVIDENCE: "NO_RESPONSE_FROM_BUYER_FOR_ADDITIONAL_INFO_REQUEST",
    Waiting.SELLER_EVIDENCE: "NO_SELLER_RESPONSE_FOR_ADDITIONAL_INFO_REQUEST",
    Waiting.RETURN_ADDRESS: "SELLER_REFUSED_RETURN",
    Waiting.RETURN_SHIPMENT: "ITEM_NOT_RETURNED_TO_SELLER",
    Waiting.RETURN_RECEIPT: "ITEM_RETURNED_TO_SELLER",
    Waiting.RETURN_ACKNOWLEDGEMENT: "ITEM_RETURNED_TO_SELLER",
    Waiting.DEDUCTION: "NO_RESPONSE_FROM_BUYER",
}
REFUNDED_ELSEWHERE = "PAYMENT_REVERSED_ALREADY"
_FIRST_STAGES = {
    place.waiting: place.stage for place in PLACES.values() if place.stage != Stage.ARBITRATION
}


def adjudications(found: PublicCase) -> list[Shape]:
    """One for who is paid or denied and one for who bears it; none where the sides agreed."""
    decided = [ruling for one in found.decisions for ruling in _rulings(one.row, found)]
    return latest(decided, MOST)


def _rulings(decision: Decision, found: PublicCase) -> Iterator[Shape]:
    if decision.decided_by_kind not in (ActorKind.STAFF, ActorKind.SYSTEM):
        return
    waited = _waited(decision, found)
    for word in _words(decision, found):
        yield shape(
            type=word,
            adjudication_time=moment(decision.decided_at),
            reason=_reason(decision, waited, found),
            dispute_life_cycle_stage=_stage(decision, waited),
        )


def _words(decision: Decision, found: PublicCase) -> Iterator[str]:
    paid = decision.refund_minor or decision.outcome in PAID
    yield "PAYOUT_TO_BUYER" if paid else "DENY_BUYER"
    if decision.borne_by == BorneBy.SELLER:
        yield "RECOVER_FROM_SELLER"
    if decision.instance == Instance.APPEAL and any(
        transfer.kind == TransferKind.REIMBURSE for transfer in found.transfers
    ):
        yield "PAYOUT_TO_SELLER"


def _waited(decision: Decision, found: PublicCase) -> Wait | None:
    """The wait that the decision ended."""
    ended = [w for w in found.waits if w.until and w.until <= decision.decided_at]
    return ended[-1] if ended else None


def _reason(decision: Decision, waited: Wait | None, found: PublicCase) -> str | None:
    if decision.code:
        return REASONS.get(decision.code, WHAT_IS_KNOWN)
    if decision.decided_by_kind != ActorKind.SYSTEM:
        return None
    then = {entry.action for entry in found.timeline if entry.at == decision.decided_at}
    if "case.refund_noted" in then:
        return REFUNDED_ELSEWHERE
    return SILENCES.get(waited.what) if waited and "case.lapsed" in then else None


def _stage(decision: Decision, waited: Wait | None) -> str | None:
    if decision.instance == Instance.APPEAL:
        return Stage.ARBITRATION.value
    return str(_FIRST_STAGES[waited.what]) if waited else None
