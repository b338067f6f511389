"""A case through every hand of ours, over HTTP: the API for the sides, the desk for staff.

Escalated, evidence asked, decided in part, approved by a second person, shown to both sides,
appealed, reversed; then the money, the chain, the timeline and what the marketplace was told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backoffice.accounts.enums import Role, Scope
from backoffice.audit.catalogue import find
from backoffice.audit.queries import chain
from backoffice.audit.service.verification import Tally, check_chains
from backoffice.common.actors import ActorKind
from backoffice.ledger.models import Account, Transfer
from backoffice.ledger.queries import balance
from backoffice.outbox.models import Message
from disputes.models import Case
from disputes.reconciliation import loose_ends, wrong_amounts
from disputes.sweeps import sweep_cases
from tests.accounts.factories import make_staff
from tests.factories import an_order, api_client

pytestmark = pytest.mark.django_db
URL = "/api/v1/disputes"


class Journey:
    """A claim of 600.00 USD for a parcel that never came."""

    def __init__(self) -> None:
        self.buyer = api_client(Scope.DISPUTES_BUYER, Scope.DISPUTES_READ)
        self.seller = api_client(Scope.DISPUTES_SELLER, Scope.DISPUTES_READ)
        order = an_order(prices=[60_000])
        body = {
            "order": order.external_id,
            "buyer": "buyer-1",
            "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        }
        self.id = self.buyer.post(URL, body).json()["dispute_id"]
        roles = {
            "ann": Role.ADJUDICATOR,
            "sue": Role.SENIOR,
            "tom": Role.SENIOR,
            "uma": Role.SENIOR,
        }
        self.desks = {name: self._desk(name, role) for name, role in roles.items()}

    def _desk(self, name: str, role: Role) -> Client:
        client = Client()
        client.force_login(make_staff(role, f"{name}@example.org", name=name.title()))
        return client

    def side(self, client: Any, verb: str, **body: Any) -> dict[str, Any]:
        response = client.post(f"{URL}/{self.id}/{verb}", body)
        assert response.status_code == 200, response.json()
        shown: dict[str, Any] = response.json()
        return shown

    def staff(self, name: str, button: str, **fields: str) -> None:
        """A form of the case's page, as it stands now, sent."""
        case = self.case
        seen = {"version": str(case.version), "seen": str(case.chain_length)}
        address = reverse(f"admin:disputes_case_{button}", args=[self.id])
        self.desks[name].post(address, {**seen, **fields})
        assert self.case.version > case.version, f"{name} could not {button}"

    @property
    def case(self) -> Case:
        return Case.objects.get(public_id=self.id)


def decided_in_part(journey: Journey) -> None:
    """Escalated, evidence asked, decided in part, approved, shown to both sides, final."""
    journey.side(journey.seller, "deny", reason="IN_TRANSIT", note="On its way.")
    journey.side(journey.buyer, "escalate", note="Please decide.")
    journey.staff("ann", "take")
    ask = {"party": "SELLER", "evidence_type": "PROOF_OF_FULFILLMENT", "note": "The receipt?"}
    journey.staff("ann", "evidence", **ask)
    proof = {"evidence_type": "PROOF_OF_FULFILLMENT", "note": "Handed over on the 3rd."}
    journey.side(journey.seller, "provide-evidence", **proof)
    ruling = {"decision": "partial", "amount": "520.00", "borne_by": "SELLER", "confirmed": "1"}
    journey.staff("ann", "adjudicate", reason="Half proven.", code="NOT_DELIVERED", **ruling)
    assert (journey.case.state, Transfer.objects.get().state) == ("TO_APPROVE", "PENDING")
    journey.staff("sue", "approve")
    more = {"evidence_type": "OTHER", "note": "It never came."}
    shown = journey.side(journey.buyer, "provide-supporting-info", **more)
    assert shown["proposal"]["refund_amount"]["value"] == "520.00"
    sweep_cases(timezone.now() + timedelta(hours=49))


def test_decided_in_part_approved_appealed_and_reversed() -> None:
    journey = Journey()
    decided_in_part(journey)
    assert journey.case.outcome == "RESOLVED_BUYER_FAVOUR"
    assert books() == {"buyer-1": 52_000, "seller-1": -52_000}

    journey.side(journey.seller, "appeal", text="The carrier has its signature.")
    upon = {"outcome": "REVERSED", "decision": "none", "reason": "It was signed for."}
    journey.staff("tom", "decide-appeal", confirmed="1", **upon)
    assert journey.case.state == "APPEAL_TO_APPROVE"
    assert books() == {"buyer-1": 52_000, "seller-1": -52_000}
    journey.staff("uma", "approve")

    assert books() == {"": -52_000, "buyer-1": 52_000, "seller-1": 0}
    shown = journey.seller.get(f"{URL}/{journey.id}").json()
    assert (shown["status"], shown["dispute_life_cycle_stage"]) == ("RESOLVED", "ARBITRATION")
    assert (shown["outcome"], shown["borne_by"]) == ("RESOLVED_SELLER_FAVOUR", "PLATFORM")
    assert shown["decision"]["kept_amount"]["value"] == "520.00"
    assert [a["outcome"] for a in shown["appeals"]] == ["REVERSED"]
    assert [entry["action"] for entry in shown["timeline"]] == [
        action for action in STORY if find(action).seen_by(ActorKind.SELLER)
    ]
    assert [said["content"] for said in shown["messages"]] == ["On its way.", "Please decide."]
    assert told(journey.id) == ["dispute.resolved", "payout.requested", "dispute.resolved"]
    assert [event.action for event in chain("case", journey.id)] == STORY
    assert check_chains(Tally()) is None
    assert list(wrong_amounts()) == []
    assert not any(loose_ends(None).values())


STORY = [
    "case.filed",
    "case.claim_denied",
    "case.escalated",
    "case.taken",
    "case.evidence_required",
    "case.evidence_provided",
    "case.decision_to_approve",
    "case.decision_approved",
    "case.decision_proposed",
    "case.supporting_info",
    "case.lapsed",
    "case.resolved",
    "case.appealed",
    "case.decision_to_approve",
    "case.decision_approved",
    "case.appeal_decided",
]


def test_nobody_judges_his_own_on_the_way() -> None:
    journey = Journey()
    journey.side(journey.seller, "deny", reason="IN_TRANSIT", note="On its way.")
    journey.side(journey.buyer, "escalate", note="Please decide.")
    ruling = {"decision": "full", "borne_by": "SELLER", "reason": "It never came."}
    journey.staff("sue", "adjudicate", confirmed="1", **ruling)
    with pytest.raises(AssertionError, match="sue could not approve"):
        journey.staff("sue", "approve")
    journey.staff("tom", "approve")
    sweep_cases(timezone.now() + timedelta(hours=49))
    journey.side(journey.seller, "appeal", text="The carrier has its signature.")
    for name in ("sue", "tom", "ann"):
        with pytest.raises(AssertionError, match="could not decide-appeal"):
            journey.staff(name, "decide-appeal", outcome="UPHELD", reason="No.", confirmed="1")
    journey.staff("uma", "decide-appeal", outcome="UPHELD", reason="No.", confirmed="1")
    assert books() == {"buyer-1": 60_000, "seller-1": -60_000}


def books() -> dict[str, int]:
    return {a.owner_ref: balance(a) for a in Account.objects.all()}


def told(public_id: str) -> list[str]:
    """The messages that end something or pay somebody."""
    rows = Message.objects.filter(subject_id=public_id).order_by("id")
    topics = rows.values_list("topic", flat=True)
    return [t for t in topics if t in ("dispute.resolved", "payout.requested")]
