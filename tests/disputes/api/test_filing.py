"""POST /disputes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.accounts.enums import Scope
from backoffice.ledger.models import Transfer
from backoffice.orders.models import Order
from disputes.models import Case
from tests.factories import an_order, api_client

pytestmark = pytest.mark.django_db
URL = "/api/v1/disputes"


def claim(order: Order, **more: Any) -> dict[str, Any]:
    return {
        "order": order.external_id,
        "buyer": order.buyer.external_id,
        "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        **more,
    }


def test_file_answers_with_the_case_and_its_address() -> None:
    response = api_client(Scope.DISPUTES_BUYER).post(URL, claim(an_order()))
    body = response.json()
    assert response.status_code == 201
    assert body["links"][0]["href"] == response["Location"]
    assert response["Location"] == f"http://testserver{URL}/{body['dispute_id']}"
    assert body["status"] == "WAITING_FOR_SELLER_RESPONSE"
    assert body["requested_amount"] == {"currency_code": "USD", "value": "100.00"}


def test_file_some_lines_for_less() -> None:
    amount = {"currency_code": "USD", "value": "30.01"}
    body = claim(an_order(prices=(10_000, 5_000)), lines=["2"], requested_amount=amount)
    shown = api_client(Scope.DISPUTES_BUYER).post(URL, body).json()
    assert shown["requested_amount"] == amount
    assert [(line["external_id"], line["requested_amount"]) for line in shown["lines"]] == [
        ("2", amount)
    ]


def test_file_with_a_note_begins_the_conversation() -> None:
    shown = api_client(Scope.DISPUTES_BUYER).post(URL, claim(an_order(), note="Where is it?"))
    (message,) = shown.json()["messages"]
    assert (message["posted_by"], message["content"]) == ("BUYER", "Where is it?")


def test_file_twice_with_one_key_files_once() -> None:
    client, body = api_client(Scope.DISPUTES_BUYER), claim(an_order())
    first = client.post(URL, body, headers={"Idempotency-Key": "one"})
    again = client.post(URL, body, headers={"Idempotency-Key": "one"})
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert again["Location"] == first["Location"]
    assert (Case.objects.count(), Transfer.objects.count()) == (1, 1)


def test_file_a_second_claim_on_a_line_is_refused() -> None:
    client, body = api_client(Scope.DISPUTES_BUYER), claim(an_order())
    client.post(URL, body)
    response = client.post(URL, body)
    assert (response.status_code, Case.objects.count()) == (409, 1)
    assert response["Content-Type"] == "application/problem+json"


def test_file_too_early_tells_when() -> None:
    order = an_order(purchased_at=timezone.now() - timedelta(days=20))
    problem = api_client(Scope.DISPUTES_BUYER).post(URL, claim(order)).json()
    assert (problem["code"], problem["opens_at"]) == (
        "claim_not_open_yet",
        order.deliver_by.isoformat(),
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"order": "nowhere"}, "order"),
        ({"buyer": "somebody-else"}, "buyer"),
        ({"reason": "BORED"}, "reason"),
        ({"reason": "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED"}, "sub_reason"),
        ({"sub_reason": "DAMAGED"}, "sub_reason"),
        ({"lines": []}, "lines"),
        ({"lines": ["1", "7"]}, "lines[1]"),
        ({"lines": ["1", "1"]}, "lines[1]"),
        ({"lines": ["1", 1]}, "lines[1]"),
        ({"requested_amount": {"currency_code": "USD", "value": "100.01"}}, "requested_amount"),
        ({"requested_amount": {"currency_code": "USD", "value": "0"}}, "requested_amount"),
        ({"requested_amount": {"currency_code": "USD", "value": "-1"}}, "requested_amount"),
        (
            {"requested_amount": {"currency_code": "EUR", "value": "1.00"}},
            "requested_amount.currency_code",
        ),
        (
            {"requested_amount": {"currency_code": "USD", "value": "1.001"}},
            "requested_amount.value",
        ),
        ({"requested_amount": {"currency_code": "USD", "value": 1}}, "requested_amount.value"),
        ({"requested_amount": "1 USD"}, "requested_amount"),
        ({"note": "x" * 2001}, "note"),
        ({"note": 5}, "note"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_file_refuses_what_is_wrong_and_names_it(change: dict[str, Any], field: str) -> None:
    response = api_client(Scope.DISPUTES_BUYER).post(URL, claim(an_order()) | change)
    assert [error["field"] for error in response.json()["errors"]] == [field]
    assert (response.status_code, Case.objects.count()) in [(400, 0), (404, 0)]
