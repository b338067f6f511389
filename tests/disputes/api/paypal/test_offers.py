"""Offers, accepted claims, and goods that go back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.disputes.api.paypal.calls import a_png, form, post, rels, shown
from tests.disputes.api.paypal.places import TEN, denied, shipped
from tests.disputes.api.paypal.spec import BUYER, SELLER, Spec
from tests.factories import a_case

pytestmark = pytest.mark.django_db


def test_accept_claim_pays(spec: Spec) -> None:
    case = a_case()
    body = {"accept_claim_type": "REFUND", "note": "Sorry."}
    slip = SimpleUploadedFile("slip.png", a_png(), "image/png")
    parts = {"input": json.dumps(body), "accept-claim-document": slip}
    spec.check(form(case, "accept-claim", SELLER, **parts))
    case.refresh_from_db()
    assert case.outcome == "ACCEPTED"
    (message,) = shown(spec, case, BUYER)["messages"]
    assert (message["content"], len(message["documents"])) == ("Sorry.", 1)


def test_accept_claim_of_another_amount_is_refused(spec: Spec) -> None:
    body = {"accept_claim_type": "REFUND", "refund_amount": TEN}
    refused = spec.check(post(a_case(), "accept-claim", body, SELLER))
    assert refused["details"][0]["field"] == "/refund_amount"


def test_accept_claim_for_less_is_an_offer(spec: Spec) -> None:
    body = {"accept_claim_type": "PARTIAL_REFUND", "refund_amount": TEN}
    refused = spec.check(post(a_case(), "accept-claim", body, SELLER))
    assert refused["details"][0]["field"] == "/accept_claim_type"


def test_an_offer_is_made_countered_denied_and_accepted(spec: Spec) -> None:
    case = denied()
    offer = {"note": "Half.", "offer_type": "REFUND", "offer_amount": TEN}
    spec.check(post(case, "make-offer", offer, SELLER))
    seen = shown(spec, case, BUYER)
    assert seen["offer"]["seller_offered_amount"] == TEN
    assert {"make-offer", "accept-offer", "deny-offer"} <= set(rels(seen))
    spec.check(post(case, "deny-offer", {"note": "More."}, BUYER))
    spec.check(post(case, "make-offer", offer | {"note": "Then 10?"}, BUYER))
    spec.check(post(case, "accept-offer", {}, SELLER))
    seen = shown(spec, case, BUYER)
    history = [(step["actor"], step["event_type"]) for step in seen["offer"]["history"]]
    assert history == [
        ("SELLER", "PROPOSED"),
        ("BUYER", "DENIED"),
        ("BUYER", "PROPOSED"),
        ("SELLER", "ACCEPTED"),
    ]
    assert seen["dispute_outcome"] == {"outcome_code": "ACCEPTED", "amount_refunded": TEN}


def test_an_offers_return_address_and_the_return(spec: Spec) -> None:
    case = denied()
    address = {"address_line_1": "1 Lane", "postal_code": "1", "country_code": "CN"}
    offer = {
        "note": "Send it back.",
        "offer_type": "REFUND_WITH_RETURN",
        "offer_amount": TEN,
        "return_shipping_address": address,
    }
    spec.check(post(case, "make-offer", offer, SELLER))
    spec.check(post(case, "accept-offer", {"note": "Yes."}, BUYER))
    seen = shown(spec, case, BUYER)
    assert "ship-return" in rels(seen)
    assert case.returns.get().address == "1 Lane\n1\nCN"


@pytest.mark.parametrize(
    ("code", "kept"), [("GB", "GB"), ("C2", "CN"), ("gb", None), ("G1", None), ("GBR", None)]
)
def test_a_return_address_has_a_country(spec: Spec, code: str, kept: str | None) -> None:
    case = denied()
    to = {"address_line_1": "1 Lane", "country_code": code}
    offer = {"note": "x", "offer_type": "REFUND_WITH_RETURN", "offer_amount": TEN}
    answer = spec.check(post(case, "make-offer", offer | {"return_shipping_address": to}, SELLER))
    if kept:
        assert case.offers.get().return_address == f"1 Lane\n{kept}"
    else:
        assert answer["details"][0]["field"] == "/return_shipping_address/country_code"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "/note"),
        ({"note": "x", "offer_type": "GIFT"}, "/offer_type"),
        ({"note": "x", "offer_type": "REFUND"}, "/offer_amount"),
        (
            {"note": "x", "offer_type": "REFUND", "offer_amount": TEN | {"value": "1e3"}},
            "/offer_amount/value",
        ),
        (
            {"note": "x", "offer_type": "REFUND", "offer_amount": TEN | {"value": "999"}},
            "/offer_amount",
        ),
        ({"note": "x", "colour": "red"}, "/colour"),
        ({"note": 5, "offer_type": "REFUND"}, "/note"),
    ],
)
def test_a_wrong_offer_names_the_field(spec: Spec, body: Any, field: str) -> None:
    response = post(denied(), "make-offer", body, SELLER)
    assert spec.check(response)["details"][0]["field"] == field
    assert response.status_code == 400


def test_acknowledge_return_item_pays(spec: Spec) -> None:
    case = shipped()
    body = {"acknowledgement_type": "ITEM_RECEIVED", "note": "Thank you."}
    spec.check(form(case, "acknowledge-return-item", SELLER, input=json.dumps(body)))
    case.refresh_from_db()
    assert (case.resolved_at is not None, case.refunded_minor) == (True, 1000)


def test_acknowledge_return_item_damaged_goes_to_staff(spec: Spec) -> None:
    case = shipped()
    body = {
        "acknowledgement_type": "DAMAGED",
        "note": "Broken.",
        "evidences": [{"evidence_type": "PROOF_OF_DAMAGE", "notes": "See the handle."}],
    }
    photo = SimpleUploadedFile("cup.png", a_png(), "image/png")
    parts = {"input": json.dumps(body), "acknowledgement_document": photo}
    spec.check(form(case, "acknowledge-return-item", SELLER, **parts))
    seen = shown(spec, case, BUYER)
    assert seen["status"] == "UNDER_REVIEW"
    assert seen["messages"][-1]["content"] == "Broken.\nSee the handle."
    assert len(seen["messages"][-1]["documents"]) == 1
