"""The order is locked before its cases, by everybody: so no two ever wait for each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from backoffice.audit.service.verification import Tally, check_chains
from backoffice.ledger.models import Transfer
from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Order, OrderChange
from disputes.models import Case
from disputes.reconciliation import dangling, wrong_amounts
from disputes.service.act import act
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs.answers import accept_claim
from tests.disputes.test_at_once import together
from tests.factories import a_case, an_order, seller_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 12  # a wrong order shows within a few


def two_cases(now: datetime, refunded: int) -> tuple[Case, Case]:
    """Two cases of 100.00 on two lines of an order, and a refund that no case has counted."""
    order = an_order(now, prices=(10_000, 10_000))
    cases = [a_case(order, now, line_refs=(ref,)) for ref in ("1", "2")]
    Order.objects.filter(pk=order.pk).update(refunded_minor=refunded)
    return cases[0], cases[1]


def fed(case: Case, kind: ChangeKind, at: datetime) -> None:
    OrderChange.objects.create(order_id=case.order_id, kind=kind, at=at)


def accept(case: Case, now: datetime) -> Callable[[], object]:
    return lambda: act(accept_claim, case.public_id, seller_of(case), now)


def assert_in_order(cases: int, paid: int) -> None:
    """Every case ended; what the marketplace refunded was not paid a second time."""
    posted = Transfer.objects.filter(state="POSTED").values_list("amount_minor", flat=True)
    assert (Case.objects.exclude(resolved_at=None).count(), sum(posted)) == (cases, paid)
    assert check_chains(Tally()) is None
    assert [*wrong_amounts(), *dangling()] == []


def test_two_acts_on_two_cases_of_an_order_never_wait_in_a_circle() -> None:
    now = timezone.now()
    for _ in range(ROUNDS):
        first, second = two_cases(now, refunded=15_000)
        results = together([accept(first, now), accept(second, now)])
        # The refund ends the first in full, and half of the second.
        assert [type(r).__name__ for r in results] == ["Refused", "Acted"]
    assert_in_order(2 * ROUNDS, paid=ROUNDS * 5_000)


@pytest.mark.parametrize("kind", [ChangeKind.REFUNDED, ChangeKind.TRACKING])
def test_acts_while_facts_are_followed(kind: ChangeKind) -> None:
    now = timezone.now()
    for _ in range(ROUNDS):
        first, second = two_cases(now, refunded=5_000)
        fed(first, kind, now)
        together([accept(second, now), accept(first, now), lambda: follow_facts(now)])
    assert_in_order(2 * ROUNDS, paid=ROUNDS * 15_000)


def test_acts_while_due_cases_are_swept() -> None:
    filed = timezone.now() - timedelta(days=6)
    now = filed + timedelta(days=5, minutes=1)
    for _ in range(ROUNDS):
        first, second = two_cases(filed, refunded=5_000)
        together([accept(second, now), accept(first, now), lambda: sweep_cases(now)])
    assert_in_order(2 * ROUNDS, paid=ROUNDS * 15_000)
