from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.common.errors import Forbidden, Refused
from backoffice.common.money import Money
from backoffice.ledger.models import Transfer
from backoffice.orders.models import Order
from disputes.enums import Reason, SubReason
from disputes.models import Case, Decision, Proposal
from disputes.service.act import act
from disputes.service.refunds import credit_refunds
from disputes.sweeps import sweep_cases
from disputes.verbs.approvals import approve, reconsider, send_back
from disputes.verbs.line_amounts import LineAward
from tests.disputes.conftest import NOW
from tests.disputes.reviewing import a_senior, again, balances, decide, person, under_review
from tests.factories import an_order

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def large() -> Case:
    """A case of 600.00 USD that Ann would pay in full; a second person has to approve."""
    case = under_review([60_000])
    decide(case, 60_000)
    return again(case)


@pytest.fixture
def shown(large: Case) -> Case:
    """The same, approved: both sides may comment for 48 hours."""
    act(approve, large.public_id, a_senior("Sue"), NOW)
    return again(large)


def held() -> list[tuple[str, str]]:
    return list(Transfer.objects.values_list("kind", "state"))


def test_adjudicate_above_the_limit_waits_for_approval_and_moves_nothing(large: Case) -> None:
    assert (large.state, large.outcome, large.assignee) == ("TO_APPROVE", "", None)
    assert held() == [("HOLD", "PENDING")]
    assert Proposal.objects.get().refund_minor == 60_000
    assert Decision.objects.count() == 0


def test_no_timer_goes_round_an_approval(large: Case) -> None:
    for days in range(1, 30):
        sweep_cases(NOW + timedelta(days=days))
    assert (again(large).state, held()) == ("TO_APPROVE", [("HOLD", "PENDING")])
    assert again(large).reminders > 3


def test_approve_shows_a_large_decision_to_both_sides_first(shown: Case) -> None:
    assert (shown.state, shown.due_at) == ("PROPOSED", NOW + timedelta(hours=48))
    assert held() == [("HOLD", "PENDING")]


def test_a_decision_shown_becomes_final_when_the_time_is_over(shown: Case) -> None:
    sweep_cases(LATER)
    assert again(shown).outcome == "RESOLVED_BUYER_FAVOUR"
    decision = Decision.objects.get()
    assert (decision.decided_by_ref, decision.approved_by) == (
        person("Ann").ref,
        a_senior("Sue").ref,
    )
    assert Proposal.objects.get().result == "EXECUTED"
    assert balances() == {"buyer-1": 60_000, "seller-1": -60_000}


def test_approve_one_s_own_is_refused() -> None:
    case = under_review([60_000])
    decide(case, 60_000, actor=a_senior("Sue"))
    with pytest.raises(Forbidden) as refusal:
        act(approve, case.public_id, a_senior("Sue"), NOW)
    assert refusal.value.code == "own_proposal"
    assert act(approve, case.public_id, a_senior("Tom"), NOW).refusal is None


def test_approve_is_a_seniors(large: Case) -> None:
    with pytest.raises(Refused):
        act(approve, large.public_id, person("Bob"), NOW)


def test_approve_of_a_small_counterfeit_pays_at_once() -> None:
    order = an_order(NOW, delivered_at=NOW)
    case = under_review(order, reason=Reason.NOT_AS_DESCRIBED, sub_reason=SubReason.COUNTERFEIT)
    decide(case, 10_000)
    assert again(case).state == "TO_APPROVE"
    act(approve, case.public_id, a_senior("Sue"), NOW)
    assert balances() == {"buyer-1": 10_000, "seller-1": -10_000}


def test_send_back_returns_it_to_its_proposer(large: Case) -> None:
    act(send_back, large.public_id, a_senior("Sue"), NOW, note="Ask for the receipt.")
    assert (again(large).state, again(large).assignee.name) == ("UNDER_REVIEW", "Ann")
    proposal = Proposal.objects.get()
    assert (proposal.result, proposal.closing_note) == ("SENT_BACK", "Ask for the receipt.")
    decide(large, 1_000, "PLATFORM")
    assert Proposal.objects.count() == 2


def test_reconsider_takes_a_shown_decision_back(shown: Case) -> None:
    act(reconsider, shown.public_id, person("Bob"), NOW, note="The buyer sent a photo.")
    assert (again(shown).state, again(shown).assignee.name) == ("UNDER_REVIEW", "Bob")
    sweep_cases(LATER)
    assert Decision.objects.count() == 0


def test_a_refund_by_the_marketplace_overtakes_a_proposal(large: Case) -> None:
    Order.objects.filter(pk=large.order_id).update(refunded_minor=60_000)
    credit_refunds([large.order_id], NOW)
    assert (again(large).outcome, Proposal.objects.get().result) == (
        "RESOLVED_BUYER_FAVOUR",
        "OVERTAKEN",
    )


def test_a_part_refunded_by_the_marketplace_is_taken_off(shown: Case) -> None:
    Order.objects.filter(pk=shown.order_id).update(refunded_minor=20_000)
    sweep_cases(LATER)
    assert balances()["buyer-1"] == 40_000


def test_a_ruling_of_a_return_waits_for_the_goods() -> None:
    case = under_review([10_000])
    decide(case, 10_000, return_needed=True)
    assert (again(case).state, again(case).outcome) == ("RETURN_ADDRESS", "")
    assert held() == [("HOLD", "PENDING")]


def test_an_adjudication_may_rule_by_line() -> None:
    case = under_review([1_000, 2_000])
    awards = {"1": LineAward(percent=50), "2": LineAward(amount=Money(100, "USD"))}
    decide(case, 0, lines=awards)
    decision = Decision.objects.get()
    assert (decision.refund_minor, decision.lines) == (600, {"1": 500, "2": 100})
