"""`adjudications`: who is paid and who bears it, why, and in which stage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.common.money import Money
from backoffice.orders.models import Order
from disputes.models import Case
from disputes.service.act import act
from disputes.service.refunds import credit_refunds
from disputes.sweeps import sweep_cases
from disputes.verbs.decisions import adjudicate
from disputes.verbs.hearing import decide_appeal
from tests.disputes.api.paypal.calls import shown
from tests.disputes.api.paypal.places import appealed, escalated, lapsed, unshown
from tests.disputes.api.paypal.spec import BUYER, Spec
from tests.disputes.conftest import adjudicator
from tests.disputes.reviewing import a_senior
from tests.factories import a_case

pytestmark = pytest.mark.django_db
NONE = Money(0, "USD")


def rulings(spec: Spec, case: Case) -> list[tuple[str, Any, str]]:
    return [
        (ruling["type"], ruling.get("reason"), ruling["dispute_life_cycle_stage"])
        for ruling in shown(spec, case, BUYER).get("adjudications", [])
    ]


def test_a_sellers_silence_is_the_reason(spec: Spec) -> None:
    assert rulings(spec, lapsed()) == [
        ("PAYOUT_TO_BUYER", "NO_SELLER_RESPONSE", "INQUIRY"),
        ("RECOVER_FROM_SELLER", "NO_SELLER_RESPONSE", "INQUIRY"),
    ]


def test_a_buyers_silence_is_the_reason(spec: Spec) -> None:
    case = unshown()
    sweep_cases(timezone.now() + timedelta(days=30))
    assert rulings(spec, case) == [("DENY_BUYER", "NO_DOCUMENTATION_FROM_BUYER", "INQUIRY")]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("AS_DESCRIBED", "ITEM_SOLD_AS_DESCRIBED"),
        ("OTHER", "DECISION_BASED_ON_AVAILABLE_INFORMATION"),
    ],
)
def test_staffs_code_is_the_reason(spec: Spec, code: str, reason: str) -> None:
    case = escalated()
    ruling = {"refund": NONE, "borne_by": "", "reason": "As shown.", "code": code}
    act(adjudicate, case.public_id, adjudicator(), timezone.now(), **ruling)
    sweep_cases(timezone.now() + timedelta(days=3))
    assert rulings(spec, case) == [("DENY_BUYER", reason, "CHARGEBACK")]


def test_a_refund_made_elsewhere_is_no_denial(spec: Spec) -> None:
    case = a_case()
    Order.objects.filter(pk=case.order_id).update(refunded_minor=10_000)
    credit_refunds([case.order_id], timezone.now())
    assert rulings(spec, case) == [("PAYOUT_TO_BUYER", "PAYMENT_REVERSED_ALREADY", "INQUIRY")]


def test_a_seller_made_whole_on_appeal_is_paid(spec: Spec) -> None:
    case = appealed()
    ruling = {"outcome": "REVERSED", "refund": NONE, "borne_by": "SELLER", "reason": "Signed for."}
    act(decide_appeal, case.public_id, a_senior("Sue"), timezone.now(), **ruling)
    assert rulings(spec, case)[2:] == [
        ("DENY_BUYER", None, "ARBITRATION"),
        ("PAYOUT_TO_SELLER", None, "ARBITRATION"),
    ]
