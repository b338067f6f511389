from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from backoffice.audit.models import Event
from backoffice.ledger.models import Transfer
from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Order, OrderChange
from disputes.models import Case
from disputes.service.act import act
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs.answers import accept_claim
from tests.disputes.conftest import NOW
from tests.factories import a_case, an_order, seller_of

Again = Callable[[], Case]


def refund(order: Order, minor: int) -> None:
    order.refunded_minor += minor
    order.save()
    OrderChange.objects.create(order=order, kind=ChangeKind.REFUNDED, at=NOW)


def test_a_delivery_scan_is_noted_and_both_are_told(case: Case, again: Again) -> None:
    Order.objects.filter(pk=case.order_id).update(delivered_at=NOW)
    OrderChange.objects.create(order=case.order, kind=ChangeKind.DELIVERED, at=NOW)
    assert follow_facts(NOW).done == 1
    event = Event.objects.get(action="case.facts_changed")
    assert event.data["recommended"]["inputs"]["tracking"] == "DELIVERED"
    assert again().due_at == NOW + timedelta(days=5)


def test_facts_are_followed_once(case: Case) -> None:
    OrderChange.objects.create(order=case.order, kind=ChangeKind.TRACKING, at=NOW)
    assert (follow_facts(NOW).done, follow_facts(NOW).done) == (1, 0)


def test_a_refund_in_part_is_not_paid_again(case: Case, again: Again) -> None:
    refund(case.order, 4_000)
    follow_facts(NOW)
    act(accept_claim, case.public_id, seller_of(case), NOW)
    assert (again().credited_minor, case.refunded_minor) == (4_000, 6_000)
    assert Transfer.objects.filter(state="POSTED").get().amount_minor == 6_000


def test_a_refund_still_to_be_followed_is_counted_before_a_due_case_lapses(
    case: Case, again: Again
) -> None:
    late = NOW + timedelta(days=6)
    OrderChange.objects.create(order=case.order, kind=ChangeKind.TRACKING, at=NOW)
    refund(case.order, 4_000)
    follow_facts(late, batch=1)
    sweep_cases(late)
    assert (again().credited_minor, case.refunded_minor) == (4_000, 6_000)


def test_a_refund_in_full_ends_the_case(case: Case, again: Again) -> None:
    refund(case.order, 10_000)
    follow_facts(NOW)
    assert (again().outcome, case.refunded_minor) == ("RESOLVED_BUYER_FAVOUR", 0)
    assert Transfer.objects.get().state == "VOIDED"


def test_a_refund_not_yet_followed_counts_when_the_seller_accepts(case: Case, again: Again) -> None:
    refund(case.order, 4_000)
    act(accept_claim, case.public_id, seller_of(case), NOW)
    assert (again().credited_minor, case.refunded_minor) == (4_000, 6_000)


def test_a_refund_not_yet_followed_counts_when_the_case_lapses(case: Case, again: Again) -> None:
    refund(case.order, 4_000)
    sweep_cases(NOW + timedelta(days=6))
    assert (again().credited_minor, case.refunded_minor) == (4_000, 6_000)


def test_one_refund_is_shared_by_two_cases_of_an_order(db: None) -> None:
    order = an_order(NOW, prices=[5_000, 5_000])
    cases = [a_case(order, NOW, line_refs=(ref,)) for ref in ("1", "2")]
    refund(Order.objects.get(pk=order.pk), 7_000)
    follow_facts(NOW)
    credited = [Case.objects.get(pk=c.pk).credited_minor for c in cases]
    assert credited == [5_000, 2_000]
