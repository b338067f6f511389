"""How an appeal is decided, and what becomes of the money."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backoffice.common.actors import ActorKind
from backoffice.common.errors import Forbidden, Invalid, Refused
from backoffice.common.money import Money
from backoffice.ledger.models import Transfer
from backoffice.orders.models import Order, Remedy
from disputes.enums import Reason, SubReason
from disputes.models import Appeal, Case, Decision
from disputes.queries.decided import decisions_of
from disputes.reconciliation import wrong_amounts
from disputes.service.act import act
from disputes.service.refunds import credit_refunds
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim
from disputes.verbs.appeals import appeal
from disputes.verbs.approvals import approve, send_back
from disputes.verbs.line_amounts import LineAward
from tests.disputes.conftest import NOW
from tests.disputes.hearing import AT, NEW, appealed, hear, kinds
from tests.disputes.reviewing import a_senior, again, balances, decide, person, under_review
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db
KEPT = "You keep the 100.00 USD that you were paid in good faith."
BACK = " What you were paid beyond that is taken back."


def test_upheld_moves_nothing() -> None:
    case = appealed(4_000)
    hear(case, "UPHELD")
    assert (again(case).state, again(case).refunded_minor) == ("RESOLVED_IN_APPEAL", 4_000)
    assert kinds() == {"REFUND": 4_000}
    assert list(Decision.objects.values_list("instance", "refund_minor")) == [
        ("FIRST", 4_000),
        ("APPEAL", 4_000),
    ]
    assert Appeal.objects.get().outcome == "UPHELD"


def test_more_for_the_buyer_pays_the_difference() -> None:
    hear(appealed(4_000, by="BUYER"), "CHANGED", 10_000)
    assert kinds() == {"REFUND": 4_000, "FURTHER": 6_000}
    assert balances() == {"buyer-1": 10_000, "seller-1": -10_000}


def test_reversed_for_the_buyer_pays_him() -> None:
    case = appealed(0, by="BUYER")
    hear(case, "REVERSED", 10_000, borne_by="CARRIER")
    assert again(case).outcome == "RESOLVED_WITH_PAYOUT"
    assert balances() == {"PLATFORM": -10_000, "buyer-1": 10_000, "seller-1": 0}


def test_reversed_for_the_seller_leaves_the_buyer_what_he_has() -> None:
    case = appealed(10_000)
    hear(case, "REVERSED", 0)
    assert kinds() == {"HOLD": 10_000, "REIMBURSE": 10_000}
    assert balances() == {"PLATFORM": -10_000, "buyer-1": 10_000, "seller-1": 0}
    case = again(case)
    assert (case.outcome, case.refunded_minor, case.borne_by) == (
        "RESOLVED_SELLER_FAVOUR",
        10_000,
        "PLATFORM",
    )
    decision = Decision.objects.get(instance="APPEAL")
    assert (decision.refund_minor, decision.kept_minor) == (0, 10_000)


def test_less_for_the_buyer_is_borne_by_the_platform() -> None:
    hear(appealed(10_000), "CHANGED", 3_000)
    assert balances() == {"PLATFORM": -7_000, "buyer-1": 10_000, "seller-1": -3_000}


def test_fraud_is_taken_back() -> None:
    case = appealed(10_000)
    hear(case, "REVERSED", 0, fraud=True)
    assert balances() == {"PLATFORM": 0, "buyer-1": 0, "seller-1": 0}
    assert (again(case).refunded_minor, list(wrong_amounts())) == (0, [])


def test_another_bearer_moves_the_burden_alone() -> None:
    hear(appealed(10_000), "CHANGED", 10_000, borne_by="PLATFORM")
    assert balances() == {"PLATFORM": -10_000, "buyer-1": 10_000, "seller-1": 0}


def test_the_seller_may_come_to_bear_what_the_platform_bore() -> None:
    hear(appealed(4_000, "PLATFORM", by="BUYER"), "CHANGED", 10_000)
    assert kinds() == {"REFUND": 4_000, "FURTHER": 6_000, "RECOVERY": 4_000}
    assert balances() == {"PLATFORM": 0, "buyer-1": 10_000, "seller-1": -10_000}


def test_the_decider_never_hears_the_appeal() -> None:
    case = under_review([10_000])
    decide(case, 10_000, actor=a_senior("Sue"))
    act(appeal, case.public_id, seller_of(case), NOW, text=NEW)
    with pytest.raises(Forbidden) as refusal:
        hear(case, "UPHELD", actor=a_senior("Sue"))
    assert refusal.value.code == "conflict_of_interest"
    assert hear(case, "UPHELD", actor=a_senior("Tom")).refusal is None


def test_an_appeal_is_a_seniors_to_decide() -> None:
    with pytest.raises(Refused):
        hear(appealed(10_000), "UPHELD", actor=person("Bob"))


@pytest.mark.parametrize(
    ("outcome", "minor", "field"),
    [
        ("CHANGED", 10_000, "outcome"),
        ("REVERSED", 5_000, "outcome"),
        ("CHANGED", 10_001, "refund_amount"),
        ("BETTER", 0, "outcome"),
    ],
)
def test_a_ruling_that_cannot_be_names_its_field(outcome: str, minor: int, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        hear(appealed(10_000), outcome, minor)
    assert refusal.value.field == field


@pytest.mark.parametrize("ruling", [("UPHELD", None), ("CHANGED", 8_000)])
def test_fraud_without_money_to_take_back_is_refused(ruling: tuple[str, int | None]) -> None:
    with pytest.raises(Invalid) as refusal:
        hear(appealed(4_000, by="BUYER"), *ruling, fraud=True)
    assert refusal.value.field == "fraud"


def told() -> dict[str, str]:
    """What each side reads of the decision on appeal."""
    sides = frozenset({ActorKind.BUYER, ActorKind.SELLER})
    return decisions_of(Case.objects.get(), NOW, sides)[-1].texts


@pytest.mark.parametrize(
    ("minor", "fraud", "buyer", "seller"),
    [
        (0, False, KEPT, "The refund of 100.00 USD is not charged to you."),
        (3_000, False, KEPT, "You bear the refund of 30.00 USD."),
        (3_000, True, "You get 30.00 USD." + BACK, "You bear the refund of 30.00 USD."),
        (0, True, "There is no refund." + BACK, "There is no refund."),
    ],
)
def test_each_side_is_told_what_it_keeps(minor: int, fraud: bool, buyer: str, seller: str) -> None:
    outcome = "CHANGED" if minor else "REVERSED"
    hear(appealed(10_000), outcome, minor, fraud=fraud, code="AS_DESCRIBED")
    assert told() == {
        "BUYER": f"What you received is as it was described. {buyer}",
        "SELLER": f"What the buyer received is as you described it. {seller}",
    }


def test_above_the_limit_a_second_senior_approves() -> None:
    case = appealed(0, by="BUYER", of=60_000)
    hear(case, "REVERSED", 60_000)
    assert (again(case).state, kinds()) == ("APPEAL_TO_APPROVE", {})
    with pytest.raises(Forbidden):
        act(approve, case.public_id, a_senior("Sue"), AT)
    act(approve, case.public_id, a_senior("Tom"), AT)
    assert again(case).state == "RESOLVED_IN_APPEAL"
    assert balances() == {"buyer-1": 60_000, "seller-1": -60_000}
    decision = Decision.objects.get(instance="APPEAL")
    assert (decision.decided_by_ref, decision.approved_by) == (
        a_senior("Sue").ref,
        a_senior("Tom").ref,
    )


def test_two_decisions_below_the_limit_do_not_go_round_it() -> None:
    case = appealed(30_000, by="BUYER", of=60_000)
    hear(case, "CHANGED", 55_000)
    assert (again(case).state, kinds()) == ("APPEAL_TO_APPROVE", {"REFUND": 30_000})


def test_less_than_was_proposed_may_be_left_when_it_is_approved() -> None:
    case = appealed(0, by="BUYER", of=60_000)
    hear(case, "REVERSED", 60_000)
    fed = {"refunded_minor": 50_000, "refunds_counted_minor": 50_000}
    Order.objects.filter(pk=case.order_id).update(**fed)
    with pytest.raises(Invalid) as refusal:
        act(approve, case.public_id, a_senior("Tom"), AT)
    assert refusal.value.extra["maximum"]["value"] == "100.00"


def test_sent_back_it_is_heard_again() -> None:
    case = appealed(0, by="BUYER", of=60_000)
    hear(case, "REVERSED", 60_000)
    act(send_back, case.public_id, a_senior("Tom"), AT, note="Too much.")
    assert again(case).state == "APPEAL_REVIEW"
    hear(case, "CHANGED", 1_000, borne_by="PLATFORM")
    assert balances() == {"PLATFORM": -1_000, "buyer-1": 1_000, "seller-1": 0}


def test_no_timer_decides_an_appeal() -> None:
    case = appealed(10_000)
    for day in range(1, 40):
        sweep_cases(NOW + timedelta(days=day))
    assert again(case).state == "APPEAL_REVIEW"


def test_what_the_marketplace_refunded_meanwhile_is_not_paid_again() -> None:
    case = appealed(4_000, by="BUYER")
    Order.objects.filter(pk=case.order_id).update(refunded_minor=5_000)
    credit_refunds([case.order_id], NOW)
    hear(case, "CHANGED", 10_000)
    assert (again(case).credited_minor, balances()["buyer-1"]) == (5_000, 5_000)


def test_what_another_claim_paid_since_is_not_paid_again() -> None:
    case = under_review(an_order(NOW, delivered_at=NOW))
    decide(case, 0)
    newer = {"reason": Reason.NOT_AS_DESCRIBED, "sub_reason": SubReason.DAMAGED}
    second = a_case(case.order, NOW, **newer)
    act(accept_claim, second.public_id, seller_of(second), NOW)
    act(appeal, case.public_id, buyer_of(case), NOW, text=NEW)
    with pytest.raises(Invalid) as refusal:
        hear(case, "REVERSED", 10_000)
    assert refusal.value.extra["maximum"]["value"] == "0.00"


@pytest.fixture
def one_of_two_paid() -> Case:
    """Two lines of 100 USD, both claimed and denied; another claim paid the first; an appeal."""
    case = under_review(an_order(NOW, prices=[10_000, 10_000], delivered_at=NOW))
    decide(case, 0)
    newer = {"reason": Reason.NOT_AS_DESCRIBED, "sub_reason": SubReason.DAMAGED}
    second = a_case(case.order, NOW, line_refs=("1",), **newer)
    act(accept_claim, second.public_id, seller_of(second), NOW)
    act(appeal, case.public_id, buyer_of(case), NOW, text=NEW)
    return again(case)


def test_a_line_that_another_claim_paid_gets_nothing_on_appeal(one_of_two_paid: Case) -> None:
    awards = {"1": LineAward(percent=100), "2": LineAward(percent=0)}
    with pytest.raises(Invalid) as refusal:
        hear(one_of_two_paid, "REVERSED", lines=awards)
    assert (refusal.value.field, refusal.value.extra["maximum"]["value"]) == ("lines.1", "0.00")


def test_more_on_appeal_goes_to_the_lines_that_have_something_left(one_of_two_paid: Case) -> None:
    hear(one_of_two_paid, "REVERSED", 10_000)
    paid = Remedy.objects.filter(owner=one_of_two_paid.public_id).order_by("line_id")
    assert list(paid.values_list("paid_minor", flat=True)) == [0, 10_000]


def test_the_database_pays_nothing_on_appeal_twice() -> None:
    hear(appealed(4_000, by="BUYER"), "CHANGED", 10_000)
    row = Transfer.objects.get(kind="FURTHER")
    row.pk, row.key = None, "again"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_first_decision_stays() -> None:
    hear(appealed(10_000), "REVERSED", 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(instance="FIRST").update(refund_minor=0)


def two_lines(first: dict[str, int], by: str = "BUYER") -> Case:
    """Of two lines of 100 USD, each got so many percent by Ann; that side appealed."""
    case = under_review([10_000, 10_000])
    lines = {ref: LineAward(percent=percent) for ref, percent in first.items()}
    decide(case, 0, refund=None, lines=lines)
    act(appeal, case.public_id, (seller_of if by == "SELLER" else buyer_of)(case), AT, text=NEW)
    return again(case)


def each_line() -> list[int]:
    return list(Remedy.objects.order_by("line").values_list("paid_minor", flat=True))


def test_upheld_each_line_keeps_what_it_got() -> None:
    hear(two_lines({"1": 100, "2": 0}), "UPHELD")
    assert each_line() == [10_000, 0]
    assert Decision.objects.get(instance="APPEAL").lines == {"1": 10_000, "2": 0}


def test_reversed_for_the_seller_each_line_keeps_what_the_buyer_has() -> None:
    hear(two_lines({"1": 100, "2": 0}, by="SELLER"), "REVERSED", 0)
    assert each_line() == [10_000, 0]


def test_more_on_appeal_goes_to_the_line_that_got_less() -> None:
    hear(two_lines({"1": 100, "2": 0}), "CHANGED", 15_000)
    assert each_line() == [10_000, 5_000]


def test_an_appeal_is_ruled_line_by_line() -> None:
    lines = {"1": LineAward(percent=100), "2": LineAward(amount=Money(2_500, "USD"))}
    hear(two_lines({"1": 50, "2": 0}), "CHANGED", lines=lines)
    assert (each_line(), kinds()) == ([10_000, 2_500], {"REFUND": 5_000, "FURTHER": 7_500})
