"""The feed over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from backoffice.orders.api import examples
from backoffice.orders.models import Order, TrackingEvent
from tests.factories import api_client
from tests.orders.telling import order, scan, shipment

pytestmark = pytest.mark.django_db
PATHS = ["orders", "shipments", "tracking-events"]


@pytest.fixture
def client() -> APIClient:
    """The marketplace's client."""
    return api_client(Scope.FEED_WRITE, Scope.DISPUTES_READ)


def post(client: APIClient, path: str, *items: Any, **headers: str) -> Any:
    return client.post(f"/api/v1/{path}", {"items": list(items)}, headers=headers)


def test_feed_answers_item_by_item(client: APIClient) -> None:
    response = post(client, "orders", order(), order("O2", zone="Mars"))
    assert response.status_code == 200
    good, bad = response.json()["items"]
    assert good == {"external_id": "O1", "result": "created", "flags": [], "errors": []}
    assert (bad["external_id"], bad["result"]) == ("O2", "rejected")
    assert [(e["field"], e["issue"]) for e in bad["errors"]] == [("zone", "unknown_zone")]
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("told_otherwise", "member", "field", "issue"),
    [
        ("seller", '"seller": "\\u0000"', "seller", "wrong_type"),
        ("zone", '"zone": "\\u0000"', "zone", "unknown_zone"),
        ("purchase_ref", '"purchase_ref": "\\u0000"', "purchase_ref", "invalid_text"),
        ("purchase_ref", '"purchase_ref": "\\ud800"', "purchase_ref", "invalid_text"),
        ("purchase_ref", '"purchase_ref": NaN', "purchase_ref", "invalid_number"),
        ("", '"said_delivered": 99999999999999999999', "said_delivered", "number_too_large"),
        ("buyer", '"buyer": {"name": "B", "name": "C"}', "buyer.name", "duplicate_key"),
        ("zone", '"zone": "UTC", "zone": "UTC"', "zone", "duplicate_key"),
        ("lines", '"lines": [' + "[" * 30 + "]" * 31, "lines[0]", "wrong_type"),
        ("", '"\\ud800": 1', "", "invalid_text"),
    ],
)
def test_feed_unsound_json_spoils_its_own_item_alone(
    client: APIClient, told_otherwise: str, member: str, field: str, issue: str
) -> None:
    told = {name: value for name, value in order("O2").items() if name != told_otherwise}
    bad = f"{json.dumps(told)[:-1]}, {member}}}"
    body = f'{{"items": [{json.dumps(order("O1"))}, {bad}]}}'
    response = client.post("/api/v1/orders", body, content_type="application/json")
    good, refused = response.json()["items"]
    assert (good["result"], refused["result"]) == ("created", "rejected")
    assert (refused["errors"][0]["field"], refused["errors"][0]["issue"]) == (field, issue)


def test_feed_documented_examples_are_taken(client: APIClient) -> None:
    items = (examples.ORDER, examples.SHIPMENT, examples.SCAN)
    answers = [post(client, *pair).json()["items"][0] for pair in zip(PATHS, items, strict=True)]
    assert [(a["result"], a["flags"]) for a in answers] == [("created", [])] * 3


def test_feed_sent_twice_with_a_key_is_answered_from_memory(client: APIClient) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = post(client, "orders", order(), **key)
    second = post(client, "orders", order(), **key)
    assert second.json() == first.json()
    assert second.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", [[], "x", None, 1, {}, {"items": {}}])
def test_feed_refuses_a_body_that_is_no_batch(client: APIClient, path: str, body: Any) -> None:
    response = client.post(f"/api/v1/{path}", body)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["field"] == "items"


@pytest.mark.parametrize("path", PATHS)
def test_feed_refuses_more_than_a_thousand(client: APIClient, path: str) -> None:
    response = post(client, path, *[{}] * 1001)
    assert (response.status_code, response.json()["code"]) == (413, "batch_too_large")


@pytest.mark.parametrize("path", PATHS)
def test_feed_refuses_ten_megabytes(client: APIClient, path: str) -> None:
    response = post(client, path, {"external_id": "x" * 10_000_000})
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("path", PATHS)
def test_feed_refuses_a_client_without_the_scope(path: str) -> None:
    response = post(api_client(Scope.DISPUTES_READ), path, {})
    assert (response.status_code, response.json()["code"]) == (403, "missing_scope")


@pytest.mark.parametrize("path", PATHS)
def test_feed_refuses_a_sellers_client(path: str) -> None:
    response = post(api_client(Scope.FEED_WRITE, seller_ref="S1"), path, {})
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


def test_order_is_read_with_all_that_is_known(client: APIClient) -> None:
    post(client, "orders", order("O/1 ?"))
    post(client, "shipments", shipment(order="O/1 ?"))
    post(client, "tracking-events", scan("picked_up", "03T10"), scan("delivered", "09T10"))
    read = client.get("/api/v1/orders/O%2F1%20%3F").json()
    assert (read["external_id"], read["seller"], read["delivered_at"]) == (
        "O/1 ?",
        "S1",
        "2026-03-09T10:00:00Z",
    )
    assert read["items"] == {"currency_code": "USD", "value": "10.00"}
    assert [line["external_id"] for line in read["lines"]] == ["1"]
    assert [e["status"] for s in read["shipments"] for e in s["events"]] == [
        "picked_up",
        "delivered",
    ]
    assert TrackingEvent.objects.count() == 2


def test_order_is_read_by_its_own_seller_alone(client: APIClient) -> None:
    post(client, "orders", order())
    codes = [
        api_client(Scope.DISPUTES_READ, seller_ref=ref).get("/api/v1/orders/O1").status_code
        for ref in ("S1", "S2")
    ]
    assert codes == [200, 404]


def test_an_unknown_order_is_not_found(client: APIClient) -> None:
    response = client.get("/api/v1/orders/O9")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_order_costs_as_many_queries_with_many_parcels(
    client: APIClient, django_assert_max_num_queries: Any
) -> None:
    post(client, "orders", order())
    post(client, "shipments", *[shipment(f"X{i}") for i in range(20)])
    with django_assert_max_num_queries(9):
        client.get("/api/v1/orders/O1")


def test_openapi_says_what_may_be_left_out() -> None:
    schema = APIClient().get("/api/v1/openapi.json").json()
    parts = schema["components"]["schemas"]
    assert parts["ShipmentItem"]["required"] == ["external_id", "order"]
    assert parts["ShipmentItem"]["additionalProperties"] is False
    body = schema["paths"]["/api/v1/shipments"]["post"]["requestBody"]["content"]
    assert "ShipmentBatch" in body["application/json"]["schema"]["$ref"]
