"""What only PostgreSQL can show of offers, returns, approvals and appeals: one of two wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backoffice.audit.service.verification import Tally, check_chains
from backoffice.common.actors import Actor
from backoffice.common.money import Money
from backoffice.ledger.models import Transfer
from disputes.models import Appeal, Case, Decision, Offer, Proposal
from disputes.reconciliation import dangling, wrong_amounts
from disputes.service.act import act
from disputes.service.alike import decide_alike
from disputes.verbs.acknowledgements import acknowledge_return
from disputes.verbs.appeals import appeal
from disputes.verbs.approvals import approve, send_back
from disputes.verbs.decisions import adjudicate
from disputes.verbs.hearing import decide_appeal
from disputes.verbs.offers import accept_offer, deny_offer
from disputes.verbs.returns import ship_return
from disputes.verbs.withdrawal import withdraw
from tests.disputes.conftest import NOW
from tests.disputes.reviewing import a_senior, again, decide, person, under_review
from tests.disputes.settling import offered, shipped, to_ship
from tests.disputes.test_at_once import together, won
from tests.factories import buyer_of, seller_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
EACH = 6  # threads for each of the two


def use(verb: Any, case: Case, actor: Actor, **told: Any) -> Callable[[], object]:
    """A piece of work: the verb, once."""
    return lambda: act(verb, case.public_id, actor, NOW, **told)


def race(*verbs: Callable[[], object]) -> int:
    """How many of many tries at once succeed; the books are in order afterwards."""
    results = together([*verbs] * EACH)
    assert check_chains(Tally()) is None
    assert [*wrong_amounts(), *dangling()] == []
    return won(results)


def posted() -> list[int]:
    return list(Transfer.objects.filter(state="POSTED").values_list("amount_minor", flat=True))


def test_approve_or_send_back_wins_once() -> None:
    case = under_review([120_000])
    decide(case, 120_000)
    sue, tom = a_senior("Sue"), a_senior("Tom")
    assert race(use(approve, case, sue), use(send_back, case, tom, note="Look again.")) == 1
    (result,) = Proposal.objects.values_list("result", flat=True)
    assert posted() == ([120_000] if result == "EXECUTED" else [])


def test_accept_or_deny_an_offer_wins_once() -> None:
    case = offered(4_000)
    buyer = buyer_of(case)
    assert race(use(accept_offer, case, buyer), use(deny_offer, case, buyer)) == 1
    (answer,) = Offer.objects.values_list("answer", flat=True)
    assert posted() == ([4_000] if answer == "ACCEPTED" else [])


def test_both_sides_appeals_at_once_are_heard_together() -> None:
    case = under_review([1_000])
    decide(case, 500)
    text = {"text": "It was found."}
    sides = use(appeal, case, buyer_of(case), **text), use(appeal, case, seller_of(case), **text)
    assert race(*sides) == 2
    assert sorted(Appeal.objects.values_list("party", flat=True)) == ["BUYER", "SELLER"]
    assert again(case).state == "APPEAL_REVIEW"


def test_one_sides_appeals_at_once_are_one() -> None:
    case = under_review([1_000])
    decide(case, 500)
    twice = [use(appeal, case, buyer_of(case), text="It was found.") for _ in range(2)]
    assert race(*twice) == 1
    assert Appeal.objects.count() == 1


def test_an_appeal_is_decided_once() -> None:
    case = under_review([1_000])
    decide(case, 500)
    act(appeal, case.public_id, buyer_of(case), NOW, text="It was found.")
    more = {"refund": Money(900, "USD"), "borne_by": "SELLER", "reason": "More."}
    changed = use(decide_appeal, case, a_senior("Sue"), outcome="CHANGED", **more)
    upheld = use(decide_appeal, case, a_senior("Tom"), outcome="UPHELD", reason="As it was.")
    assert race(changed, upheld) == 1
    last = Decision.objects.order_by("-id")[0]
    assert sum(posted()) == last.refund_minor == again(case).refunded_minor


def test_a_return_is_acknowledged_once() -> None:
    case = shipped(8_000)
    received = {"acknowledgement": "ITEM_RECEIVED"}
    other = {"acknowledgement": "MISSING_ITEMS", "note": "Half of it."}
    said = [use(acknowledge_return, case, seller_of(case), **told) for told in (received, other)]
    assert race(*said) == 1
    assert posted() == ([8_000] if again(case).state == "RESOLVED_IN_REVIEW" else [])


def test_a_return_that_is_withdrawn_pays_nothing() -> None:
    case = to_ship(8_000)
    sent = {"carrier": "UPS", "tracking_number": "1Z5R89390357567127"}
    buyer = buyer_of(case)
    assert race(use(ship_return, case, buyer, **sent), use(withdraw, case, buyer)) == 1
    assert posted() == []


def test_a_bulk_ruling_and_a_single_one_decide_once() -> None:
    case, ann, bob = under_review([1_000]), person("Ann"), person("Bob")
    seen = {case.public_id: case.version}
    told = {"borne_by": "SELLER", "reason": "Alike."}
    one = use(adjudicate, case, bob, refund=Money(300, "USD"), **told)
    assert race(one, lambda: decide_alike(seen, ann, NOW, percent=50, **told)) == 1
    assert posted() in ([300], [500])
