"""Over HTTP: more information, the proposed decision, the appeal and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from backoffice.common.money import Money
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.answers import deny
from disputes.verbs.approvals import approve
from disputes.verbs.decisions import adjudicate
from disputes.verbs.escalation import escalate
from disputes.verbs.hearing import decide_appeal
from disputes.verbs.offers import accept_offer, make_offer
from tests.disputes.reviewing import a_senior, person
from tests.factories import a_case, an_order, api_client, buyer_of, seller_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> APIClient:
    return api_client(Scope.DISPUTES_READ, Scope.DISPUTES_BUYER)


@pytest.fixture
def seller() -> APIClient:
    return api_client(Scope.DISPUTES_READ, Scope.DISPUTES_SELLER)


def a_review(price: int = 10_000) -> Case:
    now = timezone.now() - timedelta(hours=1)
    case = a_case(an_order(now, prices=[price]), now)
    act(deny, case.public_id, seller_of(case), now, reason="OTHER", note="No.")
    act(escalate, case.public_id, buyer_of(case), now, note="Decide.")
    return case


def decided(minor: int, price: int = 10_000, **more: Any) -> Case:
    case = a_review(price)
    ruling = {"refund": Money(minor, "USD"), "borne_by": "SELLER", "reason": "As it stands."}
    ruling |= more
    act(adjudicate, case.public_id, person("Ann"), timezone.now(), code="NOT_DELIVERED", **ruling)
    return case


def post(client: APIClient, case: Case, verb: str, **body: Any) -> Any:
    return client.post(
        f"/api/v1/disputes/{case.public_id}/{verb}",
        body,
        format="json",
        HTTP_IDEMPOTENCY_KEY=f"{verb}-{case.public_id}",
    )


def links(client: APIClient, case: Case) -> list[str]:
    shown = client.get(f"/api/v1/disputes/{case.public_id}").json()
    return [link["rel"] for link in shown["links"]]


def test_supporting_info_moves_no_clock(seller: APIClient) -> None:
    case = a_review()
    info = {"evidence_type": "DELIVERY_RECEIPT", "note": "Signed by a neighbour."}
    shown = post(seller, case, "provide-supporting-info", **info).json()
    assert shown["status"] == "UNDER_REVIEW"
    assert shown["evidence"][-1]["note"] == "Signed by a neighbour."


def test_the_link_to_appeal_stands_while_a_side_may(buyer: APIClient, seller: APIClient) -> None:
    case = decided(10_000)
    assert "appeal" in links(seller, case)
    assert "appeal" not in links(buyer, case)


def test_appeal_tells_what_is_new_and_is_decided(seller: APIClient) -> None:
    case = decided(10_000)
    shown = post(seller, case, "appeal", text="It was found.").json()
    assert (shown["dispute_life_cycle_stage"], shown["status"]) == ("ARBITRATION", "UNDER_REVIEW")
    assert (shown["outcome"], shown["appeals"][0]["text"]) == (
        "RESOLVED_BUYER_FAVOUR",
        "It was found.",
    )
    ruling = {"outcome": "REVERSED", "refund": Money(0, "USD"), "reason": "It was."}
    act(decide_appeal, case.public_id, a_senior("Sue"), timezone.now(), **ruling)
    shown = seller.get(f"/api/v1/disputes/{case.public_id}").json()
    assert [d["instance"] for d in shown["decisions"]] == ["FIRST", "APPEAL"]
    assert shown["decision"]["kept_amount"]["value"] == "100.00"
    assert shown["appeals"][0]["outcome"] == "REVERSED"


def test_appeal_without_a_text_is_refused(seller: APIClient) -> None:
    assert post(seller, decided(10_000), "appeal").status_code == 400


def test_each_side_reads_its_own_text(buyer: APIClient, seller: APIClient) -> None:
    case = decided(10_000)
    address = f"/api/v1/disputes/{case.public_id}"
    assert buyer.get(address).json()["decision"]["texts"] == {
        "BUYER": f"We found no proof that order {case.order.external_id} reached you."
        " You get 100.00 USD."
    }
    assert "You bear the refund" in seller.get(address).json()["decision"]["texts"]["SELLER"]


def test_a_proposed_decision_is_shown_and_one_to_approve_is_not(buyer: APIClient) -> None:
    case = decided(60_000, price=60_000)
    address = f"/api/v1/disputes/{case.public_id}"
    assert buyer.get(address).json()["proposal"] is None
    act(approve, case.public_id, a_senior("Sue"), timezone.now())
    shown = buyer.get(address).json()
    assert shown["proposal"]["refund_amount"]["value"] == "600.00"
    assert shown["waiting"]["what"] == "COMMENT"
    assert "provide-supporting-info" in links(buyer, case)


def test_a_decision_is_told_with_its_reasons_while_the_goods_go_back(buyer: APIClient) -> None:
    case = decided(10_000, return_needed=True)
    shown = buyer.get(f"/api/v1/disputes/{case.public_id}").json()
    told = {name: shown["proposal"][name] for name in ("reason", "code", "return_needed")}
    assert told == {"reason": "As it stands.", "code": "NOT_DELIVERED", "return_needed": True}
    assert shown["proposal"]["texts"]["BUYER"].endswith("You get 100.00 USD.")
    assert (shown["decision"], shown["waiting"]["what"]) == (None, "RETURN_ADDRESS")


def test_a_refund_for_a_return_that_was_agreed_is_no_decision(buyer: APIClient) -> None:
    now = timezone.now()
    case = a_case(an_order(now), now)
    offer = {"offer_type": "REFUND_WITH_RETURN", "amount": Money(1_000, "USD"), "note": "Back."}
    act(make_offer, case.public_id, seller_of(case), now, **offer)
    act(accept_offer, case.public_id, buyer_of(case), now)
    assert buyer.get(f"/api/v1/disputes/{case.public_id}").json()["proposal"] is None
