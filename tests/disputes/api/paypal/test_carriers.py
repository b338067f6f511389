"""Carriers in PayPal's words and in others'."""

from __future__ import annotations

from typing import Any

import pytest

from disputes.api.paypal.carriers import CARRIERS, word_for
from disputes.models import Case
from tests.disputes.api.paypal.calls import post, shown
from tests.disputes.api.paypal.spec import SELLER, Spec
from tests.factories import a_case

pytestmark = pytest.mark.django_db


def give(case: Case, **parcel: str) -> Any:
    tracking = [{"tracking_number": "P1", **parcel}]
    piece = {"evidence_type": "PROOF_OF_FULFILLMENT", "evidence_info": {"tracking_info": tracking}}
    return post(case, "provide-evidence", {"evidences": [piece]}, SELLER)


def test_every_word_is_one_of_paypals(spec: Spec) -> None:
    told = spec.components["schemas"]["tracking_info"]["properties"]["carrier_name"]["enum"]
    assert CARRIERS | {"OTHER"} <= {word.strip() for word in told}


@pytest.mark.parametrize(
    ("name", "word"),
    [("Royal Mail", "ROYAL_MAIL"), ("ups", "UPS"), ("SF-Express", "SF_EXPRESS"), ("Ähm", "OTHER")],
)
def test_a_name_is_told_by_its_word(name: str, word: str) -> None:
    assert word_for(name) == word


@pytest.mark.parametrize(
    "parcel",
    [
        {"carrier_name": "HERMES_DE"},
        {"carrier_name": "OTHER", "carrier_name_other": "Pigeon Post"},
    ],
)
def test_a_carrier_is_told_as_it_was_sent(spec: Spec, parcel: dict[str, str]) -> None:
    case = a_case()
    spec.check(give(case, **parcel))
    (given,) = [e for e in shown(spec, case)["evidences"] if e["source"] == "SUBMITTED_BY_SELLER"]
    assert given["evidence_info"]["tracking_info"] == [{"tracking_number": "P1", **parcel}]


def test_a_word_that_we_have_not_is_told_as_another_carriers_name(spec: Spec) -> None:
    case = a_case()
    spec.check(give(case, carrier_name="XPOST"))
    (given,) = [e for e in shown(spec, case)["evidences"] if e["source"] == "SUBMITTED_BY_SELLER"]
    parcel = {"carrier_name": "OTHER", "carrier_name_other": "XPOST", "tracking_number": "P1"}
    assert given["evidence_info"]["tracking_info"] == [parcel]


def test_another_carrier_without_a_name_is_refused(spec: Spec) -> None:
    refused = spec.check(give(a_case(), carrier_name="OTHER"))
    (detail,) = refused["details"]
    assert detail["issue"] == "MISSING_REQUIRED_PARAMETER"
    assert detail["field"] == "/evidences/0/evidence_info/tracking_info/0/carrier_name_other"
