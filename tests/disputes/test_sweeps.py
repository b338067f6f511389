from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.audit.queries import chain
from backoffice.ledger.models import Account, Transfer
from backoffice.orders.models import Order
from disputes.enums import Reason
from disputes.models import Case, Offer
from disputes.queries.loose_ends import loose_ends
from disputes.reconciliation import report_loose_ends, strangers
from disputes.service.act import act
from disputes.service.desk import put_case_back
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim
from disputes.verbs.appeals import appeal
from disputes.verbs.withdrawal import withdraw
from tests.disputes.conftest import NOW, adjudicator
from tests.disputes.reviewing import decide, under_review
from tests.disputes.settling import offered
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=6)


def cases(count: int) -> list[Case]:
    return [a_case(an_order(NOW), NOW) for _ in range(count)]


def test_a_sweep_goes_on_batch_after_batch() -> None:
    cases(5)
    assert sweep_cases(LATER, batch=2).done == 5
    assert sweep_cases(LATER, batch=2).done == 0


def test_a_case_whose_verb_fails_is_set_aside() -> None:
    bad, _ = cases(2)
    Case.objects.filter(pk=bad.pk).update(rulebook_number=99)
    swept = sweep_cases(LATER)
    assert (swept.done, list(swept.set_aside)) == (1, [bad.public_id])


def test_a_case_whose_write_fails_is_set_aside_alone() -> None:
    bad, _ = cases(2)
    void_hold(bad)
    swept = sweep_cases(LATER)
    assert (swept.done, list(swept.set_aside)) == (1, [bad.public_id])
    bad.refresh_from_db()
    assert bad.state == "SELLER_TO_ANSWER"
    assert bad.sweep_error.startswith("Refused")
    assert sweep_cases(LATER).done == 0


def test_a_refund_that_cannot_be_counted_sets_only_its_case_aside() -> None:
    bad, _ = cases(2)
    void_hold(bad)
    Order.objects.filter(pk=bad.order_id).update(refunded_minor=10_000)
    swept = sweep_cases(LATER)
    assert (swept.done, list(swept.set_aside)) == (1, [bad.public_id])


def test_setting_aside_is_in_the_chain_and_staff_may_put_back() -> None:
    case = cases(1)[0]
    void_hold(case)
    sweep_cases(LATER)
    assert [e.action for e in chain("case", case.public_id)] == ["case.filed", "case.set_aside"]
    put_case_back(case.public_id, adjudicator(), LATER)
    assert list(sweep_cases(LATER).set_aside) == [case.public_id]


def test_a_case_set_aside_and_then_resolved_is_in_order() -> None:
    case = cases(1)[0]
    Case.objects.update(sweep_error="KeyError")
    act(accept_claim, case.public_id, seller_of(case), NOW)
    assert Case.objects.get().sweep_error == ""


def void_hold(case: Case) -> None:
    Transfer.objects.filter(subject=case.public_id).update(state="VOIDED", settled_at=NOW)


def test_nothing_dangles_after_a_sweep() -> None:
    cases(2)
    sweep_cases(LATER)
    assert report_loose_ends(LATER) == {}


def test_a_hold_without_an_open_case_is_reported() -> None:
    case = cases(1)[0]
    sweep_cases(LATER)
    leave_pending(case)
    assert report_loose_ends(LATER) == {"holds with no open case": ["left:hold"]}


def leave_pending(case: Case) -> None:
    hold = Transfer.objects.get(subject=case.public_id)
    hold.pk, hold.key, hold.state, hold.settled_at = None, "left:hold", "PENDING", None
    hold.save(force_insert=True)


def test_an_unswept_case_is_reported() -> None:
    case = cases(1)[0]
    overdue = loose_ends(LATER)["cases overdue: the sweep is not running"]
    assert overdue == [case.public_id]


def test_money_of_a_stranger_is_reported() -> None:
    case = cases(1)[0]
    hold = Transfer.objects.get(subject=case.public_id)
    thief = Account.objects.create(kind="BUYER", owner_ref="thief", currency="USD")
    hold.pk, hold.key, hold.credit = None, "stolen", thief
    hold.save(force_insert=True)
    assert [ref for ref in strangers() if case.public_id in ref] != []


def test_an_order_the_watch_set_aside_is_reported() -> None:
    order = an_order(NOW, watch_error="KeyError")
    assert report_loose_ends(NOW) == {"orders set aside by the delivery watch": [order.external_id]}


@pytest.mark.parametrize(
    ("claim", "most"),
    [({}, 10_000), ({"reason": Reason.NOT_AS_DESCRIBED, "sub_reason": "COUNTERFEIT"}, 20_000)],
)
def test_an_order_paid_back_more_than_may_be_claimed_is_reported(
    claim: dict[str, Any], most: int
) -> None:
    order = an_order(NOW, delivered_at=NOW - timedelta(days=5) if claim else None)
    case = a_case(order, NOW, **claim)
    act(accept_claim, case.public_id, seller_of(case), NOW)
    paid = Case.objects.get().refunded_minor
    Order.objects.update(refunded_minor=most - paid)
    assert report_loose_ends(NOW) == {}
    Order.objects.update(refunded_minor=most - paid + 1)
    alarm = {"orders paid back more than may be claimed": [order.external_id]}
    assert report_loose_ends(NOW) == alarm


def test_a_sweep_of_silent_sellers_reads_no_offers_or_returns() -> None:
    cases(3)
    with CaptureQueriesContext(connection) as seen:
        sweep_cases(LATER)
    told = " ".join(query["sql"] for query in seen.captured_queries)
    assert [name for name in ("disputes_offer", "disputes_return") if f'"{name}"' in told] == []


def test_an_open_offer_of_an_ended_case_is_a_loose_end() -> None:
    case = offered()
    act(withdraw, case.public_id, buyer_of(case), NOW)
    values = {"case": case, "by": "SELLER", "offer_type": "REFUND", "amount_minor": 1}
    Offer.objects.create(**values, at=NOW, due_at=NOW)
    found = loose_ends(None)["open offers that no case waits for"]
    assert found == [case.public_id]


def test_a_refund_that_no_case_can_take_never_holds_up_the_sweep() -> None:
    case = under_review([10_000])
    decide(case, 10_000)
    act(appeal, case.public_id, seller_of(case), NOW, text="It has come.")
    Order.objects.update(refunded_minor=10_000)
    assert sweep_cases(NOW + timedelta(days=30)).done == 1
