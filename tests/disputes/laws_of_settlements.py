"""What must hold of offers, requests and returns after every step of a walk."""

from __future__ import annotations

from backoffice.common.money import Money
from disputes.lifecycle import RETURN_STATES, State
from tests.disputes.walked import Row, Walked

OFFERED = {State.OFFER_TO_BUYER: ["SELLER"], State.OFFER_TO_SELLER: ["BUYER"]}
ASKED = {State.BUYER_EVIDENCE: ["BUYER"], State.SELLER_EVIDENCE: ["SELLER"]}


def settlements_hold(seen: Walked) -> None:
    """An open offer, request or return stands in its own states, and nowhere else."""
    for case in seen.cases:
        state = State(case["state"])
        assert [offer["by"] for offer in seen.of("offers", case)] == OFFERED.get(state, [])
        assert [asked["party"] for asked in seen.of("requests", case)] == ASKED.get(state, [])
        going_back = [back for back in seen.of("returns", case) if not back["result"]]
        assert len(going_back) == (state in RETURN_STATES)
        if state == State.RESOLVED_IN_REVIEW:
            _paid_as_agreed(case, seen)


def _paid_as_agreed(case: Row, seen: Walked) -> None:
    """A return that went well earned the buyer what was agreed, less the deduction."""
    for back in seen.of("returns", case):
        if back["result"] == "REFUNDED":
            agreed = Money(back["refund_minor"], case["currency"])
            earned = agreed - agreed.percent(back["deduction_percent"])
            came = case["refunded_minor"] + case["credited_minor"]
            assert came == max(earned.minor, case["credited_minor"])
