from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.common.errors import Refused
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Account, Transfer
from backoffice.ledger.queries import balance
from backoffice.orders.models import Order, OrderChange, Remedy
from disputes.models import Case, Decision, Return
from disputes.service.act import act
from disputes.service.refunds import credit_refunds
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs.acknowledgements import accept_deduction, acknowledge_return
from disputes.verbs.line_amounts import LineAward
from disputes.verbs.offers import accept_offer
from disputes.verbs.returns import give_return_address, ship_return
from disputes.verbs.withdrawal import withdraw
from tests.disputes.conftest import NOW, adjudicator
from tests.disputes.reviewing import decide, under_review
from tests.disputes.settling import (
    ADDRESS,
    NUMBER,
    a_file_of,
    feed_return,
    fresh,
    negotiating,
    offer,
    shipped,
    to_ship,
)
from tests.factories import buyer_of, seller_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def without_address() -> Case:
    case = negotiating()
    offer(case, buyer_of(case), 8_000, "REFUND_WITH_RETURN")
    act(accept_offer, case.public_id, seller_of(case), NOW)
    return fresh(case)


def test_give_return_address_starts_the_buyers_time(without_address: Case) -> None:
    case, later = without_address, NOW + DAY
    act(give_return_address, case.public_id, seller_of(case), later, address=ADDRESS)
    assert (fresh(case).state, fresh(case).due_at) == ("RETURN_TO_SHIP", later + 10 * DAY)
    assert Return.objects.get().address == ADDRESS


def test_give_return_address_by_staff(without_address: Case) -> None:
    act(give_return_address, without_address.public_id, adjudicator(), NOW, address=ADDRESS)
    assert fresh(without_address).state == "RETURN_TO_SHIP"


def test_lapse_without_an_address_pays_the_buyer(without_address: Case) -> None:
    sweep_cases(NOW + 4 * DAY)
    assert (fresh(without_address).refunded_minor, ended()) == (8_000, "REFUNDED")


def test_ship_return_waits_for_the_seller() -> None:
    case = shipped()
    assert (case.state, case.due_at) == ("RETURN_UNDERWAY", NOW + 30 * DAY)
    assert Return.objects.get().tracking_number == NUMBER


def test_ship_return_of_the_seller_is_refused() -> None:
    case = to_ship()
    with pytest.raises(Refused):
        act(ship_return, case.public_id, seller_of(case), NOW, carrier="UPS", tracking_number="1")


def test_ship_return_of_a_delivered_parcel_asks_the_seller_at_once() -> None:
    case, later = to_ship(), NOW + 3 * DAY
    feed_return(case, later, tracking_number=NUMBER, delivered_at=later)
    act(ship_return, case.public_id, buyer_of(case), later, carrier="UPS", tracking_number=NUMBER)
    assert (fresh(case).state, fresh(case).due_at) == ("RETURN_DELIVERED", later + 2 * DAY)


def test_lapse_of_goods_not_sent_leaves_the_seller_the_money() -> None:
    case = to_ship()
    sweep_cases(NOW + 11 * DAY)
    assert (fresh(case).outcome, fresh(case).refunded_minor) == ("RESOLVED_SELLER_FAVOUR", 0)
    assert (ended(), Transfer.objects.get().state) == ("NOT_SENT", TransferState.VOIDED)


def test_lapse_spares_who_sent_them_in_time_unheard() -> None:
    case = to_ship()
    feed_return(case, NOW + 9 * DAY, carrier="UPS", tracking_number="X1", handed_over_at=NOW + DAY)
    sweep_cases(NOW + 11 * DAY)
    assert fresh(case).state == "RETURN_UNDERWAY"
    assert Return.objects.get().tracking_number == "X1"


def test_lapse_of_a_return_nobody_saw_arrive_goes_to_review() -> None:
    case = shipped()
    sweep_cases(NOW + 31 * DAY)
    assert (fresh(case).state, ended()) == ("UNDER_REVIEW", "IN_REVIEW")


def test_follow_facts_sees_the_return_delivered() -> None:
    case, later = shipped(), NOW + 5 * DAY
    feed_return(case, later, tracking_number="1z5r 8939 0357 5671 27", delivered_at=later)
    follow_facts(later)
    assert (fresh(case).state, fresh(case).due_at) == ("RETURN_DELIVERED", later + 2 * DAY)
    assert Return.objects.get().delivered_at == later


def test_follow_facts_of_another_parcel_changes_nothing() -> None:
    case, later = shipped(), NOW + 5 * DAY
    feed_return(case, later, tracking_number="OTHER", delivered_at=later)
    follow_facts(later)
    assert fresh(case).state == "RETURN_UNDERWAY"


def test_lapse_of_a_delivered_return_pays() -> None:
    case, later = shipped(), NOW + 5 * DAY
    feed_return(case, later, tracking_number=NUMBER, delivered_at=later)
    follow_facts(later)
    sweep_cases(later + 3 * DAY)
    assert (fresh(case).outcome, fresh(case).refunded_minor) == ("ACCEPTED", 8_000)
    owners = {a.owner_ref: balance(a) for a in Account.objects.all()}
    assert owners == {"buyer-1": 8_000, "seller-1": -8_000}


def test_lapse_tells_who_agreed_and_that_goods_came_back() -> None:
    case, later = shipped(), NOW + 5 * DAY
    feed_return(case, later, tracking_number=NUMBER, delivered_at=later)
    follow_facts(later)
    sweep_cases(later + 3 * DAY)
    decision = Decision.objects.get()
    assert (decision.decided_by_kind, decision.return_needed) == ("BUYER", True)


def test_a_return_parcel_says_nothing_of_the_orders_delivery() -> None:
    case = shipped()
    feed_return(case, NOW, tracking_number=NUMBER, handed_over_at=NOW, delivered_at=NOW)
    order = Order.objects.get(pk=case.order_id)
    assert (order.delivered_at, order.handed_over_at) == (None, case.order.handed_over_at)
    assert list(OrderChange.objects.values_list("kind", flat=True)) == ["RETURN"]


def test_withdraw_ends_the_return() -> None:
    case = to_ship()
    act(withdraw, case.public_id, buyer_of(case), NOW)
    assert (fresh(case).outcome, ended()) == ("CANCELED_BY_BUYER", "CLOSED")


def test_a_refund_by_the_marketplace_is_taken_off() -> None:
    case = shipped()
    Order.objects.update(refunded_minor=3_000)
    credit_refunds([case.order_id], NOW)
    later = NOW + 5 * DAY
    feed_return(case, later, tracking_number=NUMBER, delivered_at=later)
    follow_facts(later)
    sweep_cases(later + 3 * DAY)
    assert (fresh(case).credited_minor, fresh(case).refunded_minor) == (3_000, 5_000)


def ended() -> str:
    return Return.objects.get().result


def decided_by_line() -> Case:
    """Staff grant all of one line and half of the other, once the goods are back."""
    case = under_review([6_000, 4_000])
    lines = {"1": LineAward(percent=100), "2": LineAward(percent=50)}
    decide(case, 8_000, "PLATFORM", return_needed=True, lines=lines)
    act(give_return_address, case.public_id, seller_of(case), NOW, address=ADDRESS)
    act(ship_return, case.public_id, buyer_of(case), NOW, carrier="UPS", tracking_number=NUMBER)
    return fresh(case)


def test_open_return_by_a_decision_keeps_who_decided_and_who_bears_it() -> None:
    case = decided_by_line()
    assert (case.state, Return.objects.get().borne_by) == ("RETURN_UNDERWAY", "PLATFORM")
    assert not Decision.objects.exists()
    said = {"acknowledgement": "ITEM_RECEIVED"}
    act(acknowledge_return, case.public_id, seller_of(case), NOW, **said)
    assert (fresh(case).outcome, fresh(case).borne_by) == ("RESOLVED_WITH_PAYOUT", "PLATFORM")
    assert Decision.objects.get().decided_by_kind == "STAFF"


def test_a_deduction_is_shared_among_the_lines_ruled() -> None:
    case = decided_by_line()
    said = {"acknowledgement": "DAMAGED", "note": "Used.", "deduction_percent": 50}
    seller = seller_of(case)
    act(acknowledge_return, case.public_id, seller, NOW, **said, files=a_file_of(case, seller))
    act(accept_deduction, case.public_id, buyer_of(case), NOW)
    assert (fresh(case).refunded_minor, Decision.objects.get().lines) == (
        4_000,
        {"1": 3_000, "2": 1_000},
    )
    assert list(Remedy.objects.order_by("line_id").values_list("paid_minor", flat=True)) == [
        3_000,
        1_000,
    ]
