from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backoffice.audit.models import Event
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Account, Transfer
from backoffice.ledger.queries import balance
from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Order, OrderChange, Remedy
from backoffice.outbox.models import Message
from disputes.models import Case, Decision, EvidenceRequest
from disputes.queries import snapshots
from disputes.service.act import act
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs.answers import deny
from disputes.verbs.escalation import escalate
from disputes.verbs.evidence import provide_evidence, require_evidence
from tests.disputes.conftest import NOW, adjudicator
from tests.factories import buyer_of, seller_of

Again = Callable[[], Case]
SIX_DAYS = NOW + timedelta(days=6)
MONTH = NOW + timedelta(days=30)


def test_lapse_of_a_silent_seller_pays_the_buyer(case: Case, again: Again) -> None:
    sweep_cases(SIX_DAYS)
    assert (again().outcome, case.seller_answer) == ("RESOLVED_BUYER_FAVOUR", "SILENT")
    owners = {a.owner_ref: balance(a) for a in Account.objects.all()}
    assert owners == {"buyer-1": 10_000, "seller-1": -10_000}


def test_lapse_tells_the_outcome_and_the_payout(case: Case) -> None:
    sweep_cases(SIX_DAYS)
    topics = Message.objects.order_by("id").values_list("topic", flat=True)
    assert list(topics) == ["dispute.created", "dispute.resolved", "payout.requested"]


def test_lapse_keeps_each_step_with_its_reason(case: Case) -> None:
    sweep_cases(SIX_DAYS)
    actions = Event.objects.filter(subject_id=case.public_id).order_by("seq")
    assert [e.action for e in actions] == ["case.filed", "case.lapsed", "case.resolved"]
    decision = Decision.objects.get()
    assert decision.recommended["inputs"]["seller_answer"] == "SILENT"
    sentence = snapshots.peek(case.public_id).book.explain(decision.recommended)
    assert "full refund" in sentence


def test_lapse_frees_the_line_and_says_what_was_paid(case: Case) -> None:
    sweep_cases(SIX_DAYS)
    remedy = Remedy.objects.get()
    assert (remedy.closed_at, remedy.paid_minor) == (SIX_DAYS, 10_000)


def test_lapse_before_the_deadline_does_nothing(case: Case, again: Again) -> None:
    assert sweep_cases(case.due_at).done == 0
    assert again().state == "SELLER_TO_ANSWER"


def test_lapse_with_a_delivery_scan_goes_to_staff(case: Case, again: Again) -> None:
    case.order.delivered_at = NOW
    case.order.save()
    sweep_cases(SIX_DAYS)
    assert (again().state, case.seller_answer) == ("UNDER_REVIEW", "SILENT")
    assert Transfer.objects.get().state == TransferState.PENDING


def test_lapse_of_the_negotiation_escalates(case: Case, again: Again) -> None:
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    sweep_cases(MONTH)
    assert (again().state, case.seller_answer) == ("UNDER_REVIEW", "DENIED")
    assert case.due_at == MONTH + timedelta(hours=48)


@pytest.fixture
def reviewed(case: Case) -> Case:
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    act(escalate, case.public_id, buyer_of(case), NOW, note="Decide.")
    return case


def test_lapse_of_a_review_only_reminds(reviewed: Case, again: Again) -> None:
    sweep_cases(MONTH)
    assert (again().state, case_due(reviewed), reviewed.reminders) == ("UNDER_REVIEW", 24, 1)


def case_due(case: Case) -> float:
    return (case.due_at - MONTH).total_seconds() / 3600


def test_lapse_of_evidence_returns_to_review(reviewed: Case, again: Again) -> None:
    asked = {"party": "SELLER", "evidence_type": "PROOF_OF_FULFILLMENT", "note": "Show it."}
    act(require_evidence, reviewed.public_id, adjudicator(), NOW, **asked)
    assert again().state == "SELLER_EVIDENCE"
    sweep_cases(MONTH)
    assert again().state == "UNDER_REVIEW"
    request = EvidenceRequest.objects.get()
    assert (request.closed_at, request.answered) == (MONTH, False)


def test_lapse_rules_on_the_facts_of_its_deadline(case: Case, again: Again) -> None:
    Order.objects.update(delivered_at=case.due_at + timedelta(hours=1))
    OrderChange.objects.create(order=case.order, kind=ChangeKind.DELIVERED, at=SIX_DAYS)
    follow_facts(SIX_DAYS)
    assert (again().outcome, case.refunded_minor) == ("RESOLVED_BUYER_FAVOUR", 10_000)


def test_lapse_of_a_seller_who_gave_evidence_goes_to_staff(case: Case, again: Again) -> None:
    proof = {"evidence_type": "PROOF_OF_FULFILLMENT", "tracking_number": "RB123456785US"}
    act(provide_evidence, case.public_id, seller_of(case), NOW, **proof)
    sweep_cases(SIX_DAYS)
    assert (again().state, case.seller_answer) == ("UNDER_REVIEW", "NONE")
