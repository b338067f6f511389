"""Whole stories of the two sides settling: each step a request to the API, time by the sweeps.

Each ends with the money, the chain, the timeline and what the marketplace was told.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice.accounts.enums import Role
from disputes.sweeps import sweep_cases
from tests.disputes.journey import URL, Journey, money
from tests.disputes.settling import ADDRESS, NUMBER

pytestmark = pytest.mark.django_db


def test_settled_by_offer() -> None:
    journey = Journey()
    assert journey.stands == ("INQUIRY", "BUYER_MINIMUM", "0.00")
    journey.shows().offers("SELLER", "40.00", note="Keep it, and forty back?")
    assert journey.stands == ("INQUIRY", "OFFER_RESPONSE", "0.00")
    journey.does("BUYER", "accept-offer", note="Fine.")
    assert journey.stands == ("INQUIRY", "ACCEPTED", "40.00")
    assert journey.books() == {"buyer-1": 4_000, "seller-1": -4_000}
    (offer,) = journey.shown["offers"]
    assert (offer["offered_by"], offer["answer"], offer["offer_amount"]) == (
        "SELLER",
        "ACCEPTED",
        money("40.00"),
    )
    assert "The buyer accepted the offer: refund, 40.00 USD." in journey.sentences()
    assert [m["content"] for m in journey.shown["messages"]] == ["The cup came broken.", "Fine."]
    assert journey.story == [
        "filed_to_show",
        "evidence_provided",
        "minimum_shown",
        "offer_made",
        "offer_accepted",
        "resolved",
    ]
    assert journey.told() == [
        "dispute.created",
        "minimum_shown",
        "offer_made",
        "dispute.resolved",
        "payout.requested",
    ]


def test_counter_offer_then_return_and_deduction() -> None:
    journey = Journey().shows().offers("SELLER", "30.00")
    journey.offers("BUYER", "80.00", "REFUND_WITH_RETURN", note="Take it back, then.")
    journey.does("SELLER", "accept-offer", return_address=ADDRESS)
    assert journey.stands == ("CHARGEBACK", "RETURN_SHIPMENT", "0.00")
    journey.does("BUYER", "ship-return", carrier="UPS", tracking_number=NUMBER).delivered()
    assert journey.stands == ("CHARGEBACK", "RETURN_ACKNOWLEDGEMENT", "0.00")
    journey.deducts(25)
    assert journey.stands == ("CHARGEBACK", "DEDUCTION", "0.00")
    journey.does("BUYER", "accept-deduction")
    assert journey.stands == ("CHARGEBACK", "ACCEPTED", "60.00")
    assert journey.books() == {"buyer-1": 6_000, "seller-1": -6_000}
    assert [offer["answer"] for offer in journey.shown["offers"]] == ["COUNTERED", "ACCEPTED"]
    (back,) = journey.shown["returns"]
    assert (back["result"], back["deduction_percent"]) == ("REFUNDED", 25)
    told = "25 percent is to be deducted, which leaves 60.00 USD."
    assert any(sentence.startswith(told) for sentence in journey.sentences())
    assert journey.said() == ["The cup came broken.", "Scratched."]
    assert [len(message["files"]) for message in journey.shown["messages"]] == [0, 1]
    assert (journey.story[3:], journey.told()[2:]) == (RETURNED, RETURN_TOLD)


RETURNED = [
    "offer_made",
    "offer_countered",
    "offer_accepted",
    "return_opened",
    "return_awaited",
    "return_sent",
    "return_delivered",
    "return_acknowledged",
    "deduction_claimed",
    "deduction_accepted",
    "resolved",
]
RETURN_TOLD = [
    "offer_made",
    "offer_countered",
    "return_opened",
    "return_sent",
    "return_delivered",
    "deduction_claimed",
    "dispute.resolved",
    "payout.requested",
]


def test_deduction_contested_goes_to_staff_who_look_at_both_photos() -> None:
    journey = Journey().ships().delivered().deducts(50)
    journey.does("BUYER", "contest-deduction", note="It was new when it left.")
    assert journey.stands == ("CHARGEBACK", "REVIEW", "0.00")
    assert journey.shown["returns"][0]["result"] == "IN_REVIEW"
    ruling = {"decision": "partial", "amount": "72.00", "borne_by": "SELLER", "reason": "Worn."}
    journey.staff(Role.ADJUDICATOR, "adjudicate", **ruling)
    assert journey.stands == ("CHARGEBACK", "RESOLVED_BUYER_FAVOUR", "72.00")
    assert journey.books() == {"buyer-1": 7_200, "seller-1": -7_200}
    assert journey.said()[1:] == ["Scratched.", "It was new when it left."]
    assert journey.story[-4:] == [
        "deduction_claimed",
        "deduction_contested",
        "escalated",
        "resolved",
    ]
    assert journey.told()[-3:] == ["escalated", "dispute.resolved", "payout.requested"]


def test_decision_that_wants_the_goods_back_pays_once_they_came() -> None:
    journey = Journey().escalated()
    ruling = {"decision": "full", "borne_by": "SELLER", "reason": "Broken.", "return_needed": "on"}
    journey.staff(Role.ADJUDICATOR, "adjudicate", **ruling)
    assert journey.stands == ("CHARGEBACK", "RETURN_ADDRESS", "0.00")
    journey.does("SELLER", "give-return-address", return_address=ADDRESS)
    journey.does("BUYER", "ship-return", carrier="UPS", tracking_number=NUMBER).delivered()
    journey.does("SELLER", "acknowledge-return-item", acknowledgement_type="ITEM_RECEIVED")
    assert journey.stands == ("CHARGEBACK", "RESOLVED_BUYER_FAVOUR", "100.00")
    assert journey.books() == {"buyer-1": 10_000, "seller-1": -10_000}
    assert journey.shown["decision"]["decided_by"] == "STAFF"
    assert journey.story[4:] == [
        "escalated",
        "return_opened",
        "return_address_asked",
        "return_awaited",
        "return_sent",
        "return_delivered",
        "return_acknowledged",
        "resolved",
    ]
    assert journey.told()[-2:] == ["dispute.resolved", "payout.requested"]
    assert journey.said() == ["The cup came broken.", "It left whole.", "Please decide."]


def test_withdrawn() -> None:
    journey = Journey().denied().does("BUYER", "withdraw")
    assert journey.stands == ("INQUIRY", "CANCELED_BY_BUYER", "0.00")
    assert journey.books() == {"buyer-1": 0, "seller-1": 0}
    assert journey.story[3:] == ["claim_denied", "withdrawn", "resolved"]
    assert journey.told()[-2:] == ["claim_denied", "dispute.resolved"]
    assert journey.sentences()[-2] == "The buyer withdrew the claim."
    assert journey.said() == ["The cup came broken.", "It left whole."]


def test_delivered_while_open_goes_to_staff_instead_of_paying() -> None:
    journey = Journey(reason="MERCHANDISE_OR_SERVICE_NOT_RECEIVED")
    assert journey.shown["order_facts"]["delivered_at"] is None
    parcel = {"external_id": "p-1", "order": journey.order.external_id}
    came = timezone.now().isoformat()
    journey.fed("shipments", parcel | {"tracking_number": NUMBER, "delivered_at": came})
    assert journey.stands == ("INQUIRY", "SELLER_RESPONSE", "0.00")
    told = "New facts arrived: shipped, delivered. The recommended ruling was worked out again."
    assert journey.sentences()[-1] == told
    journey.silence(6)
    assert journey.stands == ("CHARGEBACK", "REVIEW", "0.00")
    journey.staff(Role.ADJUDICATOR, "adjudicate", decision="none", reason="It came.")
    assert journey.stands == ("CHARGEBACK", "RESOLVED_SELLER_FAVOUR", "0.00")
    assert journey.books() == {"buyer-1": 0, "seller-1": 0}
    assert journey.story == ["filed", "facts_changed", "lapsed", "escalated", "resolved"]
    assert journey.told() == ["dispute.created", "facts_changed", "escalated", "dispute.resolved"]
    assert journey.said() == ["It never came."]


def test_waits_tell_on_whom() -> None:
    journey = Journey().ships().delivered()
    journey.does("SELLER", "acknowledge-return-item", acknowledgement_type="ITEM_RECEIVED")
    waits = journey.shown["waits"]
    assert [(wait["what"], wait["on"]) for wait in waits] == [
        ("BUYER_MINIMUM", ["BUYER"]),
        ("SELLER_RESPONSE", ["SELLER"]),
        ("OFFER_RESPONSE", ["BUYER"]),
        ("RETURN_SHIPMENT", ["BUYER"]),
        ("RETURN_RECEIPT", ["SELLER"]),
        ("RETURN_ACKNOWLEDGEMENT", ["SELLER"]),
    ]
    ends = [wait["until"] for wait in waits]
    assert ends == [*(wait["since"] for wait in waits[1:]), journey.shown["resolve_time"]]


def test_more_time_is_granted_and_told() -> None:
    journey = Journey().shows()
    before = journey.shown["waiting"]["due_time"]
    journey.does("BUYER", "extend", hours=48, reason="Happy holidays.")
    assert journey.shown["waiting"]["due_time"] > before
    assert "Happy holidays." in journey.sentences()[-1]


def test_both_agree_on_more_time_while_they_negotiate() -> None:
    journey = Journey().denied()
    before = journey.case.due_at
    journey.does("BUYER", "ask-extension", hours=72, reason="I fetch the box from my office.")
    assert journey.case.due_at == before
    assert journey.shown["waiting"]["extension_asked"] == {"by": "BUYER", "hours": 72}
    journey.does("SELLER", "extend", hours=72, reason="Take your time.")
    assert journey.case.due_at == before + timedelta(hours=72)
    assert journey.shown["waiting"]["extension_asked"] is None
    assert "gave 72 more hours" in journey.sentences()[-1]
    sweep_cases(before + timedelta(hours=71))
    assert journey.looks().stands == ("INQUIRY", "NEGOTIATION", "0.00")
    journey.offers("SELLER", "40.00").does("BUYER", "accept-offer")
    assert journey.stands == ("INQUIRY", "ACCEPTED", "40.00")
    assert journey.books() == {"buyer-1": 4_000, "seller-1": -4_000}
    agreed = ["claim_denied", "extension_asked", "deadline_extended", "offer_made"]
    assert journey.story[3:] == [*agreed, "offer_accepted", "resolved"]
    told = ["claim_denied", "extension_asked", "deadline_extended", "offer_made"]
    assert journey.told()[2:] == [*told, "dispute.resolved", "payout.requested"]


def test_an_offer_beyond_the_claim_is_refused() -> None:
    journey = Journey().shows()
    offer = {"offer_type": "REFUND", "offer_amount": money("100.01")}
    response = journey.sides["SELLER"].post(f"{URL}/{journey.id}/make-offer", offer)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (400, "amount_out_of_range")
    assert problem["maximum"] == money("100.00")
