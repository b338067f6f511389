from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backoffice.common.errors import Invalid, Refused
from backoffice.common.money import Money
from backoffice.ledger.models import Transfer
from backoffice.orders.models import Remedy
from disputes.models import Case, Decision
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import deny
from disputes.verbs.decisions import adjudicate
from disputes.verbs.escalation import escalate
from tests.disputes.conftest import NOW, adjudicator, staff
from tests.disputes.reviewing import balances, decide, under_review
from tests.factories import buyer_of, seller_of

pytestmark = pytest.mark.django_db
Again = Callable[[], Case]


def test_adjudicate_in_full_posts_the_hold() -> None:
    decide(under_review([10_000]), 10_000)
    assert balances() == {"buyer-1": 10_000, "seller-1": -10_000}
    assert Transfer.objects.count() == 1


def test_adjudicate_in_part_frees_the_hold_and_pays_the_part() -> None:
    case = under_review([10_000])
    decide(case, 3_333)
    assert balances() == {"buyer-1": 3_333, "seller-1": -3_333}
    states = Transfer.objects.order_by("id").values_list("kind", "state", "amount_minor")
    assert list(states) == [("HOLD", "VOIDED", 10_000), ("REFUND", "POSTED", 3_333)]


def test_adjudicate_none_pays_nobody() -> None:
    case = under_review([10_000])
    decide(case, 0)
    case.refresh_from_db()
    assert (case.outcome, balances()) == ("RESOLVED_SELLER_FAVOUR", {"buyer-1": 0, "seller-1": 0})


def test_adjudicate_paid_by_the_platform_spares_the_seller() -> None:
    case = under_review([10_000])
    decide(case, 10_000, "PLATFORM")
    case.refresh_from_db()
    assert case.outcome == "RESOLVED_WITH_PAYOUT"
    assert balances() == {"PLATFORM": -10_000, "buyer-1": 10_000, "seller-1": 0}


def test_adjudicate_shares_the_refund_among_the_lines() -> None:
    decide(under_review([1_000, 1_000, 1_000]), 1_000)
    paid = Remedy.objects.order_by("line_id").values_list("paid_minor", flat=True)
    assert list(paid) == [334, 333, 333]


def test_adjudicate_keeps_reason_and_recommendation() -> None:
    decide(under_review([10_000]), 10_000)
    decision = Decision.objects.get()
    assert (decision.reason, decision.decided_by_kind) == ("As it stands.", "STAFF")
    assert decision.recommended["table"] == "ruling"


def test_adjudicate_without_permission_is_refused() -> None:
    with pytest.raises(Refused):
        decide(under_review([10_000]), 0, actor=staff())


@pytest.mark.parametrize(
    ("minor", "borne_by", "field"),
    [(10_001, "SELLER", "refund_amount"), (-1, "SELLER", "refund_amount"), (1, "", "borne_by")],
)
def test_adjudicate_refuses_naming_the_field(minor: int, borne_by: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(under_review([10_000]), minor, borne_by)
    assert refusal.value.field == field
    assert Decision.objects.count() == 0


def test_adjudicate_twice_is_refused() -> None:
    case = under_review([10_000])
    decide(case, 10_000)
    with pytest.raises(Refused):
        decide(case, 10_000)
    assert balances()["buyer-1"] == 10_000


def test_adjudicate_late_is_still_possible(again: Again, case: Case) -> None:
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    act(escalate, case.public_id, buyer_of(case), NOW, note="Decide.")
    late = NOW + timedelta(days=30)
    ruling = {"refund": Money(1, "USD"), "borne_by": "SELLER", "reason": "Late."}
    acted = act(adjudicate, case.public_id, adjudicator(), late, **ruling)
    assert (acted.lapsed, acted.refusal) == (True, None)
    assert again().reminders == 1
    assert sweep_cases(late).done == 0
