from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from backoffice.common.errors import Invalid, Refused
from backoffice.common.money import Money
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Account, Transfer
from backoffice.ledger.queries import balance
from disputes.models import Decision, Offer, Return
from disputes.service.act import VerbFunction, act
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim
from disputes.verbs.escalation import escalate
from disputes.verbs.offers import accept_offer, deny_offer, make_offer
from disputes.verbs.withdrawal import withdraw
from tests.disputes.conftest import NOW
from tests.disputes.settling import ADDRESS, fresh, negotiating, offer, offered
from tests.factories import buyer_of, seller_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def answers() -> list[tuple[str, str]]:
    return list(Offer.objects.order_by("id").values_list("by", "answer"))


def test_make_offer_of_the_seller_asks_the_buyer() -> None:
    case = offered()
    assert (case.state, case.due_at) == ("OFFER_TO_BUYER", NOW + 10 * DAY)
    open_offer = Offer.objects.get()
    assert (open_offer.amount_minor, open_offer.due_at, open_offer.answer) == (
        4_000,
        case.due_at,
        "",
    )


def test_make_offer_of_the_buyer_asks_the_seller() -> None:
    case = negotiating()
    offer(case, buyer_of(case), 7_000)
    assert fresh(case).state == "OFFER_TO_SELLER"


def test_make_offer_is_an_answer_to_the_claim() -> None:
    case = offered()
    sweep_cases(case.due_at + DAY)
    assert (fresh(case).state, fresh(case).seller_answer) == ("NEGOTIATION", "NONE")


def test_make_offer_again_counters_the_open_one() -> None:
    case = offered()
    offer(case, buyer_of(case), 9_000)
    offer(case, seller_of(case), 6_000)
    assert answers() == [("SELLER", "COUNTERED"), ("BUYER", "COUNTERED"), ("SELLER", "")]
    assert fresh(case).state == "OFFER_TO_BUYER"


@pytest.mark.parametrize("minor", [0, -1, 10_001, None])
def test_make_offer_of_too_little_or_too_much_is_refused(minor: int | None) -> None:
    case = negotiating()
    with pytest.raises(Invalid) as refusal:
        offer(case, seller_of(case), minor)
    assert refusal.value.field == "offer_amount"
    assert not Offer.objects.exists()


def test_make_offer_in_another_currency_is_refused() -> None:
    case = negotiating()
    with pytest.raises(Invalid) as refusal:
        act(
            make_offer,
            case.public_id,
            seller_of(case),
            NOW,
            offer_type="REFUND",
            amount=Money(100, "EUR"),
        )
    assert refusal.value.code == "currency_mismatch"


def test_make_offer_of_a_replacement_alone_has_no_amount() -> None:
    case = negotiating()
    with pytest.raises(Invalid):
        offer(case, seller_of(case), 100, "REPLACEMENT_WITHOUT_REFUND")
    offer(case, seller_of(case), None, "REPLACEMENT_WITHOUT_REFUND")
    assert Offer.objects.get().amount_minor == 0


def test_make_offer_beyond_the_rulebooks_cap_is_refused() -> None:
    case = negotiating()
    sides = [seller_of(case), buyer_of(case)]
    for turn in range(10):
        offer(case, sides[turn % 2])
    with pytest.raises(Refused) as refusal:
        offer(case, sides[0])
    assert refusal.value.code == "too_many_offers"


def test_make_offer_of_the_buyer_says_no_address() -> None:
    case = negotiating()
    with pytest.raises(Invalid) as refusal:
        offer(case, buyer_of(case), 100, "REFUND_WITH_RETURN", return_address=ADDRESS)
    assert refusal.value.field == "return_address"


@pytest.mark.parametrize("kind", ["REFUND", "REFUND_WITH_REPLACEMENT"])
def test_accept_offer_pays_at_once(kind: str) -> None:
    case = offered(4_000, kind)
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    case = fresh(case)
    assert (case.outcome, case.refunded_minor, case.borne_by) == ("ACCEPTED", 4_000, "SELLER")
    balances = {a.owner_ref: balance(a) for a in Account.objects.all()}
    assert balances == {"buyer-1": 4_000, "seller-1": -4_000}
    assert (answers(), Decision.objects.get().refund_minor) == ([("SELLER", "ACCEPTED")], 4_000)


def test_accept_offer_of_a_replacement_frees_the_sellers_money() -> None:
    case = offered(None, "REPLACEMENT_WITHOUT_REFUND")
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    assert (fresh(case).outcome, fresh(case).refunded_minor) == ("ACCEPTED", 0)
    assert Transfer.objects.get().state == TransferState.VOIDED


def test_accept_offer_after_return_opens_the_return() -> None:
    case = offered(8_000, "REFUND_WITH_RETURN", return_address=ADDRESS)
    act(accept_offer, case.public_id, buyer_of(case), NOW)
    assert fresh(case).state == "RETURN_TO_SHIP"
    opened = Return.objects.get()
    assert (opened.refund_minor, opened.borne_by, opened.address) == (8_000, "SELLER", ADDRESS)
    assert Transfer.objects.get().state == TransferState.PENDING


def test_accept_offer_of_the_buyer_after_return_asks_for_the_address() -> None:
    case = negotiating()
    offer(case, buyer_of(case), 8_000, "REFUND_WITH_RETURN")
    act(accept_offer, case.public_id, seller_of(case), NOW)
    assert (fresh(case).state, fresh(case).due_at) == ("RETURN_ADDRESS", NOW + 3 * DAY)


def test_accept_offer_by_its_maker_is_refused() -> None:
    case = offered()
    with pytest.raises(Refused):
        act(accept_offer, case.public_id, seller_of(case), NOW)


@pytest.mark.parametrize("answer", [accept_offer, deny_offer])
def test_answer_to_an_offer_that_is_no_longer_open_is_refused(answer: VerbFunction) -> None:
    case = offered(4_000)
    first = Offer.objects.get().pk
    offer(case, buyer_of(case), 9_000)
    offer(case, seller_of(case), 1_000)
    with pytest.raises(Refused) as refusal:
        act(answer, case.public_id, buyer_of(case), NOW, offer_id=first)
    assert (refusal.value.code, refusal.value.field) == ("offer_changed", "offer_id")
    act(answer, case.public_id, buyer_of(case), NOW, offer_id=Offer.objects.get(answer="").pk)
    assert not Offer.objects.filter(answer="").exists()


def test_deny_offer_lets_them_talk_on() -> None:
    case = offered()
    act(deny_offer, case.public_id, buyer_of(case), NOW, note="Too little.")
    case = fresh(case)
    assert (case.state, case.due_at) == ("NEGOTIATION", NOW + 7 * DAY)
    assert (answers(), case.messages.get().body) == ([("SELLER", "DENIED")], "Too little.")


def test_lapse_expires_the_offer() -> None:
    case = offered()
    sweep_cases(NOW + 11 * DAY)
    assert (fresh(case).state, answers()) == ("NEGOTIATION", [("SELLER", "EXPIRED")])


def test_accept_offer_too_late_meets_the_expired_one() -> None:
    case = offered()
    acted = act(accept_offer, case.public_id, buyer_of(case), NOW + 11 * DAY)
    assert acted.refusal is not None
    assert (fresh(case).state, fresh(case).refunded_minor) == ("NEGOTIATION", 0)


def test_escalate_turns_the_open_offer_down() -> None:
    case = offered()
    act(escalate, case.public_id, buyer_of(case), NOW, note="Decide.")
    assert (fresh(case).state, answers()) == ("UNDER_REVIEW", [("SELLER", "DENIED")])


def test_withdraw_closes_the_open_offer() -> None:
    case = offered()
    act(withdraw, case.public_id, buyer_of(case), NOW)
    assert answers() == [("SELLER", "CLOSED")]


def test_accept_claim_closes_the_open_offer() -> None:
    case = offered()
    act(accept_claim, case.public_id, seller_of(case), NOW)
    assert (answers(), fresh(case).refunded_minor) == ([("SELLER", "CLOSED")], 10_000)


def test_an_answered_offer_never_changes() -> None:
    case = offered()
    act(deny_offer, case.public_id, buyer_of(case), NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Offer.objects.update(answer="ACCEPTED")


def test_an_open_offers_amount_never_changes() -> None:
    offered()
    with pytest.raises(DatabaseError), transaction.atomic():
        Offer.objects.update(amount_minor=1)
