"""Whole stories of the two sides settling: each step a request to the API, time by the sweeps.

Each ends with the money, the chain, the timeline and what the marketplace was told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.accounts.enums import Scope
from backoffice.audit.service.verification import Tally, check_chains
from backoffice.ledger.models import Account
from backoffice.ledger.queries import balance
from backoffice.outbox.models import Message
from disputes.sweeps import follow_facts, sweep_cases
from tests.disputes.settling import ADDRESS, NUMBER
from tests.factories import an_order, api_client

pytestmark = pytest.mark.django_db
URL = "/api/v1/disputes"
DAY = timedelta(days=1)


def money(value: str) -> dict[str, str]:
    return {"currency_code": "USD", "value": value}


class Journey:
    """A claim of 100.00 USD for a broken cup, and what the two sides do about it."""

    def __init__(self) -> None:
        self.sides = {
            "BUYER": api_client(Scope.DISPUTES_BUYER),
            "SELLER": api_client(Scope.DISPUTES_SELLER),
        }
        self.order = an_order()
        body = {
            "order": self.order.external_id,
            "buyer": "buyer-1",
            "reason": "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED",
            "sub_reason": "DAMAGED",
            "note": "The cup came broken.",
        }
        self.shown = self.sides["BUYER"].post(URL, body).json()
        self.id = self.shown["dispute_id"]

    def does(self, side: str, verb: str, **body: Any) -> Journey:
        """One step."""
        response = self.sides[side].post(f"{URL}/{self.id}/{verb}", body)
        assert response.status_code == 200, response.json()
        self.shown = response.json()
        return self

    def shows(self) -> Journey:
        return self.does(
            "BUYER", "provide-evidence", evidence_type="PROOF_OF_DAMAGE", note="In two pieces."
        )

    def offers(self, side: str, value: str, kind: str = "REFUND", **more: Any) -> Journey:
        return self.does(side, "make-offer", offer_type=kind, offer_amount=money(value), **more)

    def returning(self) -> Journey:
        """As far as the goods having to go back."""
        self.shows().offers("SELLER", "80.00", "REFUND_WITH_RETURN", return_address=ADDRESS)
        return self.does("BUYER", "accept-offer")

    def ships(self) -> Journey:
        return self.does("BUYER", "ship-return", carrier="UPS", tracking_number=NUMBER)

    def delivered(self) -> Journey:
        """The carrier brings the return, and the marketplace feeds it."""
        now = timezone.now()
        parcel = {
            "external_id": "back-1",
            "order": self.order.external_id,
            "direction": "RETURN",
            "tracking_number": NUMBER,
            "delivered_at": now.isoformat(),
        }
        fed = api_client(Scope.FEED_WRITE).post("/api/v1/shipments", {"items": [parcel]})
        assert fed.json()["items"][0]["errors"] == []
        follow_facts(timezone.now())
        return self.looks()

    def silence(self, days: int = 40) -> Journey:
        """Nobody does anything until the deadline has passed."""
        sweep_cases(timezone.now() + timedelta(days=days))
        return self.looks()

    def looks(self) -> Journey:
        client = api_client(Scope.DISPUTES_READ)
        self.shown = client.get(f"{URL}/{self.id}").json()
        return self

    @property
    def stands(self) -> tuple[str, str, str]:
        """Stage, outcome (or what is waited for), and what was paid."""
        waiting = self.shown["waiting"]
        what = waiting["what"] if waiting else self.shown["outcome"]
        stage, paid = self.shown["dispute_life_cycle_stage"], self.shown["refunded_amount"]
        return stage, what, paid["value"]

    def books(self) -> dict[str, int]:
        """The balances; the chains have to verify."""
        assert check_chains(Tally()) is None
        return {a.owner_ref: balance(a) for a in Account.objects.all()}

    def sentences(self) -> list[str]:
        return [entry["sentence"] for entry in self.shown["timeline"]]


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
    topics = list(Message.objects.order_by("id").values_list("topic", flat=True))
    assert topics == [
        "dispute.created",
        "dispute.updated",
        "dispute.updated",
        "dispute.resolved",
        "payout.requested",
    ]


def test_counter_offer_then_return_and_deduction() -> None:
    journey = Journey().shows().offers("SELLER", "30.00")
    journey.offers("BUYER", "80.00", "REFUND_WITH_RETURN", note="Take it back, then.")
    journey.does("SELLER", "accept-offer", return_address=ADDRESS)
    assert journey.stands == ("CHARGEBACK", "RETURN_SHIPMENT", "0.00")
    journey.ships().delivered()
    assert journey.stands == ("CHARGEBACK", "RETURN_ACKNOWLEDGEMENT", "0.00")
    journey.does(
        "SELLER",
        "acknowledge-return-item",
        acknowledgement_type="DAMAGED",
        note="Scratched.",
        deduction_percent=25,
    )
    assert journey.stands == ("CHARGEBACK", "DEDUCTION", "0.00")
    journey.does("BUYER", "accept-deduction")
    assert journey.stands == ("CHARGEBACK", "ACCEPTED", "60.00")
    assert journey.books() == {"buyer-1": 6_000, "seller-1": -6_000}
    assert [offer["answer"] for offer in journey.shown["offers"]] == ["COUNTERED", "ACCEPTED"]
    (back,) = journey.shown["returns"]
    assert (back["result"], back["deduction_percent"]) == ("REFUNDED", 25)
    told = "25 percent is to be deducted, which leaves 60.00 USD."
    assert any(sentence.startswith(told) for sentence in journey.sentences())


def test_waits_tell_on_whom() -> None:
    journey = Journey().returning().ships().delivered()
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


def test_an_offer_beyond_the_claim_is_refused() -> None:
    journey = Journey().shows()
    offer = {"offer_type": "REFUND", "offer_amount": money("100.01")}
    response = journey.sides["SELLER"].post(f"{URL}/{journey.id}/make-offer", offer)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (400, "amount_out_of_range")
    assert problem["maximum"] == money("100.00")


SILENCES = {
    "the buyer shows nothing": (
        lambda j: j,
        ("INQUIRY", "CANCELED_BY_BUYER", "0.00"),
        {"buyer-1": 0, "seller-1": 0},
    ),
    "the seller does not answer": (
        lambda j: j.shows(),
        ("INQUIRY", "RESOLVED_BUYER_FAVOUR", "100.00"),
        {"buyer-1": 10_000, "seller-1": -10_000},
    ),
    "the buyer does not answer an offer": (
        lambda j: j.shows().offers("SELLER", "40.00"),
        ("INQUIRY", "NEGOTIATION", "0.00"),
        {"buyer-1": 0, "seller-1": 0},
    ),
    "the seller does not answer an offer": (
        lambda j: j.shows().offers("SELLER", "40.00").offers("BUYER", "90.00"),
        ("INQUIRY", "NEGOTIATION", "0.00"),
        {"buyer-1": 0, "seller-1": 0},
    ),
    "the seller gives no address": (
        lambda j: (
            j.shows().offers("SELLER", "80.00", "REFUND_WITH_RETURN").does("BUYER", "accept-offer")
        ),
        ("CHARGEBACK", "ACCEPTED", "80.00"),
        {"buyer-1": 8_000, "seller-1": -8_000},
    ),
    "the buyer sends nothing back": (
        lambda j: j.returning(),
        ("CHARGEBACK", "RESOLVED_SELLER_FAVOUR", "0.00"),
        {"buyer-1": 0, "seller-1": 0},
    ),
    "nobody sees the return arrive": (
        lambda j: j.returning().ships(),
        ("CHARGEBACK", "REVIEW", "0.00"),
        {"buyer-1": 0, "seller-1": 0},
    ),
    "the seller says nothing of the return": (
        lambda j: j.returning().ships().delivered(),
        ("CHARGEBACK", "ACCEPTED", "80.00"),
        {"buyer-1": 8_000, "seller-1": -8_000},
    ),
    "the buyer says nothing of a deduction": (
        lambda j: (
            j.returning()
            .ships()
            .does(
                "SELLER",
                "acknowledge-return-item",
                acknowledgement_type="DAMAGED",
                note="Used.",
                deduction_percent=50,
            )
        ),
        ("CHARGEBACK", "ACCEPTED", "40.00"),
        {"buyer-1": 4_000, "seller-1": -4_000},
    ),
}


@pytest.mark.parametrize("name", SILENCES)
def test_silence(name: str) -> None:
    steps, stands, books = SILENCES[name]
    journey = steps(Journey()).silence()
    assert (journey.stands, journey.books()) == (stands, books)
