from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.common.errors import DomainError, Invalid, Refused
from backoffice.common.money import Money
from backoffice.ledger.models import Transfer
from backoffice.orders.enums import ChangeKind, OrderStatus
from backoffice.orders.models import Order, OrderChange
from backoffice.outbox.models import Message
from disputes.enums import Reason, SubReason
from disputes.models import Case, CaseLine
from disputes.models import Message as Said
from disputes.service.act import act
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs.offers import accept_offer
from disputes.verbs.withdrawal import withdraw
from tests.disputes.conftest import NOW
from tests.disputes.replacing import parcel
from tests.disputes.reviewing import decide, under_review
from tests.disputes.settling import offer, offered
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db
DESCRIBED = {"reason": Reason.NOT_AS_DESCRIBED, "sub_reason": SubReason.DAMAGED}


def test_file_waits_for_the_seller_five_days(case: Case) -> None:
    assert (case.state, case.due_at) == ("SELLER_TO_ANSWER", NOW + timedelta(days=5))


def test_file_claims_all_of_the_order(case: Case) -> None:
    assert case.requested_minor == 10_000
    assert CaseLine.objects.get(case=case).requested_minor == 10_000


def test_file_holds_the_sellers_money(case: Case) -> None:
    hold = Transfer.objects.get(subject=case.public_id)
    parties = (hold.debit.owner_ref, hold.credit.owner_ref)
    assert (hold.state, hold.amount_minor, *parties) == ("PENDING", 10_000, "seller-1", "buyer-1")


def test_file_tells_the_marketplace(case: Case) -> None:
    message = Message.objects.get(topic="dispute.created")
    assert message.data["dispute_id"] == case.public_id


def test_file_keeps_the_note_as_the_first_message() -> None:
    case = a_case(an_order(NOW), NOW, note="  It never came. ")
    assert Said.objects.get(case=case).body == "It never came."


def test_file_before_the_promise_is_over_says_when_it_opens() -> None:
    order = an_order(NOW, purchased_at=NOW - timedelta(days=59))
    with pytest.raises(Refused) as refusal:
        a_case(order, NOW)
    assert refusal.value.code == "claim_not_open_yet"
    assert refusal.value.extra == {"opens_at": order.deliver_by.isoformat()}


def test_file_opens_at_the_promises_last_instant() -> None:
    order = an_order(NOW)
    assert a_case(order, order.deliver_by).filed_at == order.deliver_by


def test_file_after_the_window_says_when_it_closed() -> None:
    order = an_order(NOW)
    closed_at = order.deliver_by + timedelta(days=15)
    with pytest.raises(Refused) as refusal:
        a_case(order, closed_at + timedelta(seconds=1))
    assert refusal.value.extra == {"closed_at": closed_at.isoformat()}


def test_file_a_parcel_scanned_as_delivered_can_be_missed_at_once() -> None:
    purchased_at = NOW - timedelta(days=10)
    order = an_order(NOW, purchased_at=purchased_at, delivered_at=NOW - timedelta(days=1))
    assert a_case(order, NOW).state == "SELLER_TO_ANSWER"


def test_file_not_as_described_opens_ten_days_after_shipment() -> None:
    order = an_order(NOW, purchased_at=NOW - timedelta(days=12))
    with pytest.raises(Refused) as refusal:
        a_case(order, NOW, **DESCRIBED)
    assert refusal.value.extra == {"opens_at": (NOW + timedelta(days=1)).isoformat()}


def test_file_not_as_described_closes_fifteen_days_after_receipt() -> None:
    order = an_order(NOW, delivered_at=NOW - timedelta(days=15, seconds=1))
    with pytest.raises(Refused, match="ended"):
        a_case(order, NOW, **DESCRIBED)


def test_file_a_counterfeit_may_claim_twice_the_price() -> None:
    order = an_order(NOW, delivered_at=NOW - timedelta(days=1))
    case = a_case(order, NOW, reason=Reason.NOT_AS_DESCRIBED, sub_reason=SubReason.COUNTERFEIT)
    assert case.requested_minor == 20_000


def test_file_on_some_lines_claims_their_value() -> None:
    order = an_order(NOW, prices=[1_000, 2_000, 4_000])
    assert a_case(order, NOW, line_refs=("1", "3")).requested_minor == 5_000


def test_file_shares_a_part_among_lines_to_the_cent() -> None:
    order = an_order(NOW, prices=[1_000, 1_000, 1_000])
    case = a_case(order, NOW, requested=Money(1_000, "USD"))
    shares = [line.requested_minor for line in case.lines.order_by("id")]
    assert shares == [334, 333, 333]


def test_file_counts_earlier_refunds() -> None:
    order = an_order(NOW, refunded_minor=4_000)
    assert a_case(order, NOW).requested_minor == 6_000
    order.refresh_from_db()
    assert order.refunds_counted_minor == 4_000


def test_file_twice_on_a_line_is_refused(case: Case) -> None:
    with pytest.raises(Refused) as refusal:
        a_case(case.order, NOW)
    assert refusal.value.code == "remedy_already_open"
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("claim", "code", "field"),
    [
        ({"requested": Money(10_001, "USD")}, "amount_out_of_range", "requested_amount"),
        ({"requested": Money(0, "USD")}, "amount_out_of_range", "requested_amount"),
        ({"requested": Money(-1, "USD")}, "amount_out_of_range", "requested_amount"),
        ({"requested": Money(1, "EUR")}, "currency_mismatch", "requested_amount.currency_code"),
        ({"line_refs": ("9",)}, "unknown_line", "lines[0]"),
        ({"line_refs": ("1", "1")}, "unknown_line", "lines[1]"),
        ({"sub_reason": "DAMAGED"}, "sub_reason_not_allowed", "sub_reason"),
        ({"reason": Reason.NOT_AS_DESCRIBED}, "sub_reason_required", "sub_reason"),
    ],
)
def test_file_refuses_naming_the_field(claim: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        a_case(an_order(NOW), NOW, **claim)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"status": OrderStatus.CANCELLED}, "order_cancelled"),
        ({"prices": [0]}, "nothing_to_claim"),
        ({"refunded_minor": 10_000}, "nothing_to_claim"),
    ],
)
def test_file_refuses_where_nothing_is_owed(order: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        a_case(an_order(NOW, **order), NOW)
    assert refusal.value.code == code


def end_in_silence(case: Case) -> None:
    sweep_cases(case.filed_at + timedelta(days=6))


def test_file_again_after_a_decision_is_refused(case: Case) -> None:
    end_in_silence(case)
    with pytest.raises(Refused) as refusal:
        a_case(case.order, NOW + timedelta(days=4))
    assert refusal.value.code == "claim_already_ended"


def test_file_again_after_withdrawing_is_possible(case: Case) -> None:
    act(withdraw, case.public_id, buyer_of(case), NOW)
    assert a_case(case.order, NOW).state == "SELLER_TO_ANSWER"


def test_file_counts_what_other_claims_ask_for() -> None:
    order = an_order(NOW, prices=[10_000, 10_000], refunded_minor=10_000)
    assert a_case(order, NOW, line_refs=("1",)).requested_minor == 10_000
    with pytest.raises(Refused) as refusal:
        a_case(order, NOW, line_refs=("2",))
    assert refusal.value.code == "nothing_to_claim"


def test_file_leaves_a_new_refund_to_the_case_that_was_there_first() -> None:
    order = an_order(NOW, prices=[10_000, 10_000])
    first = a_case(order, NOW, line_refs=("1",))
    Order.objects.filter(pk=order.pk).update(refunded_minor=10_000)
    second = a_case(order, NOW, line_refs=("2",))
    first.refresh_from_db()
    assert (first.outcome, first.credited_minor) == ("RESOLVED_BUYER_FAVOUR", 10_000)
    end_in_silence(second)
    assert sum(Case.objects.values_list("refunded_minor", flat=True)) == 10_000


def test_file_on_a_line_the_marketplace_refunded_meanwhile_is_refused() -> None:
    order = an_order(NOW, prices=[10_000, 10_000], delivered_at=NOW)
    a_case(order, NOW, line_refs=("1",))
    Order.objects.filter(pk=order.pk).update(refunded_minor=10_000)
    OrderChange.objects.create(order=order, kind=ChangeKind.REFUNDED, at=NOW)
    follow_facts(NOW)
    with pytest.raises(Refused) as refusal:
        a_case(order, NOW, line_refs=("1",), **DESCRIBED)
    assert refusal.value.code == "nothing_to_claim"
    assert a_case(order, NOW, line_refs=("2",)).requested_minor == 10_000


def test_file_after_a_counterfeit_leaves_the_other_line_its_value() -> None:
    order = an_order(NOW, prices=[10_000, 10_000], delivered_at=NOW)
    fake = {"reason": Reason.NOT_AS_DESCRIBED, "sub_reason": SubReason.COUNTERFEIT}
    end_in_silence(a_case(order, NOW, line_refs=("1",), **fake))
    assert a_case(order, NOW, line_refs=("2",), **DESCRIBED).requested_minor == 10_000


def test_file_again_for_a_replacement_that_does_not_come() -> None:
    case = offered(None, "REPLACEMENT_WITHOUT_REFUND")
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    promised = NOW + timedelta(days=60)
    with pytest.raises(Refused) as refusal:
        a_case(case.order, promised - timedelta(days=1))
    assert refusal.value.extra == {"opens_at": promised.isoformat()}
    assert a_case(case.order, promised).requested_minor == 10_000


def test_file_again_for_a_broken_replacement_claims_what_was_not_paid() -> None:
    case = offered(4_000, "REFUND_WITH_REPLACEMENT")
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    again = a_case(case.order, NOW + timedelta(days=10), **DESCRIBED)
    assert again.requested_minor == 6_000


def test_file_at_once_for_a_replacement_that_came_broken() -> None:
    case = offered(None, "REPLACEMENT_WITHOUT_REFUND")
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    came = NOW + timedelta(days=3)
    parcel(case.order, "second", came, handed_over_at=came, delivered_at=came)
    assert a_case(case.order, came, **DESCRIBED).requested_minor == 10_000


def test_file_for_a_missing_replacement_whatever_was_denied_before_it() -> None:
    order = an_order(NOW)
    decide(under_review(order), 0)
    Order.objects.filter(pk=order.pk).update(delivered_at=NOW)
    case = a_case(order, NOW, **DESCRIBED)
    offer(case, seller_of(case), None, "REPLACEMENT_WITHOUT_REFUND")
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    assert a_case(order, NOW + timedelta(days=60)).requested_minor == 10_000


def test_file_again_after_a_refund_that_was_agreed_on_is_refused() -> None:
    case = offered(4_000)
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    with pytest.raises(Refused) as refusal:
        a_case(case.order, NOW, **DESCRIBED)
    assert refusal.value.code == "claim_already_ended"
