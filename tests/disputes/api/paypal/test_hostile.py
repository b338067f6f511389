"""Bad input: never a 500, always PayPal's shape with the field named, and nothing stored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from pytest_django import Settings
from rest_framework.test import APIClient

from backoffice.accounts.enums import Role, Scope
from disputes.models import Case
from tests.accounts.factories import make_staff
from tests.api.hostile import bad_values, fields, named, replaced
from tests.disputes.api.paypal.places import TEN, asked, denied, escalated, lapsed, offered, shipped
from tests.disputes.api.paypal.spec import BASE, Spec, url
from tests.factories import a_case, api_client

pytestmark = pytest.mark.django_db
PARCEL = {
    "carrier_name": "OTHER",
    "carrier_name_other": "SF",
    "tracking_url": "https://example.com/1",
    "tracking_number": "SF1",
}
EVIDENCES = {
    "evidences": [
        {
            "evidence_type": "PROOF_OF_FULFILLMENT",
            "evidence_info": {"tracking_info": [PARCEL], "refund_ids": ["R1"]},
            "notes": "See.",
            "item_id": "1",
        }
    ]
}
ADDRESS = {"address_line_1": "1 Lane", "postal_code": "1", "country_code": "CN"}
OFFER = {
    "note": "Send it back.",
    "offer_type": "REFUND_WITH_RETURN",
    "offer_amount": TEN,
    "return_shipping_address": ADDRESS,
}
ACKNOWLEDGED = {"note": "x", "acknowledgement_type": "DAMAGED", "deduction_percent": 0}
# Where each operation is possible, and a good body for it.
GOOD: dict[str, tuple[Any, Any]] = {
    "send-message": (a_case, {"message": "Hello"}),
    "accept-claim": (a_case, {"note": "Sorry.", "accept_claim_type": "REFUND"}),
    "make-offer": (denied, OFFER),
    "accept-offer": (offered, {"note": "Yes."}),
    "deny-offer": (offered, {"note": "No."}),
    "escalate": (denied, {"note": "Decide."}),
    "provide-evidence": (lambda: asked("SELLER"), EVIDENCES),
    "provide-supporting-info": (escalated, {"notes": "See."}),
    "acknowledge-return-item": (shipped, ACKNOWLEDGED),
    "appeal": (lapsed, EVIDENCES),
    "require-evidence": (escalated, {"action": "BUYER_EVIDENCE"}),
    "adjudicate": (escalated, {"adjudication_outcome": "BUYER_FAVOR"}),
}
WHOLE = [b" ", b"null", b"[]", b"5", b'"x"', b"{", b"\xff\xfe", b'{"a": 1, "a": 2}', b"[" * 9999]
FORMS: list[dict[str, Any]] = [
    {"input": "{"},
    {"input": "[]"},
    {"input": '{"note": "\\u0000"}'},
    {"input": ["{}", "{}"]},
    {"input": "{}", "note": "x"},
    {"input": SimpleUploadedFile("input", b"\xff\xfe")},
    {"colour": "red"},
    {"colour": SimpleUploadedFile("x.png", b"x")},
]


@pytest.fixture(autouse=True)
def _staff(settings: Settings) -> None:
    settings.SIMULATED_ADJUDICATOR = make_staff(Role.SENIOR).email


def stored() -> dict[type[models.Model], int]:
    return {model: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture
def caller() -> APIClient:
    return api_client(*Scope)


def call(
    client: APIClient, case: Case, verb: str, body: Any, kind: str = "application/json"
) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Redress-Party": "BUYER" if verb in ("accept-offer", "deny-offer") else "SELLER"}
    if verb in ("adjudicate", "require-evidence"):
        headers = {}
    return client.generic("POST", url(case, verb), raw, kind, headers=headers)


@pytest.mark.parametrize("verb", GOOD)
def test_the_good_bodies_are_good(spec: Spec, caller: APIClient, verb: str) -> None:
    place, body = GOOD[verb]
    response = call(caller, place(), verb, body)
    spec.check(response)
    assert response.status_code == 200, response.content


def spoilt() -> list[Any]:
    return [
        pytest.param(verb, path, id=f"{verb} {named(path)}")
        for verb, (_, body) in GOOD.items()
        for path, _ in fields(body)
    ]


@pytest.mark.parametrize(("verb", "path"), spoilt())
def test_a_wrong_field_is_named_and_nothing_stored(
    spec: Spec, caller: APIClient, verb: str, path: Any
) -> None:
    place, body = GOOD[verb]
    case, good = place(), dict(fields(body))[path]
    before, where = stored(), "".join(f"/{key}" for key in path)
    for bad in bad_values(path, good):
        response = call(caller, case, verb, replaced(body, path, bad))
        refused = spec.check(response)
        assert response.status_code == 400, (str(bad)[:80], response.content)
        names = [detail["field"] for detail in refused["details"]]
        assert any(meets(name, where) for name in names), (str(bad)[:80], names)
    assert stored() == before


def meets(name: str, where: str) -> bool:
    """Whether the field named is the spoilt one, something in it, or what it is part of."""
    return bool(name) and (name.startswith(where) or where.startswith(name))


@pytest.mark.parametrize("verb", GOOD)
def test_a_wrong_body_is_refused_whole(spec: Spec, caller: APIClient, verb: str) -> None:
    place, good = GOOD[verb]
    case = place()
    before = stored()
    for body in WHOLE:
        assert 400 <= spec_status(spec, call(caller, case, verb, body)) < 500
    assert spec_status(spec, call(caller, case, verb, good | {"colour": "red"})) == 400
    for kind in ("text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "x" * 300):
        assert 400 <= spec_status(spec, call(caller, case, verb, b"{}", kind)) < 500
    assert stored() == before


def spec_status(spec: Spec, response: Any) -> int:
    spec.check(response)
    return int(response.status_code)


@pytest.mark.parametrize("verb", GOOD)
def test_a_wrong_form_is_refused_whole(spec: Spec, caller: APIClient, verb: str) -> None:
    place, _ = GOOD[verb]
    case = place()
    before = stored()
    for form in FORMS:
        response = caller.post(url(case, verb), form, format="multipart")
        assert 400 <= spec_status(spec, response) < 500, form
    assert stored() == before


@pytest.mark.parametrize("key", ["", " ", "é", "x" * 256, "a b"])
def test_a_wrong_request_id_is_refused(spec: Spec, key: str) -> None:
    client = api_client(*Scope)
    response = client.post(url(a_case(), "accept-claim"), {}, headers={"PayPal-Request-Id": key})
    assert spec.check(response)["details"][0]["field"] == "PayPal-Request-Id"
    assert response.status_code == 400


@pytest.mark.parametrize("verb", ["", "appeal", "send-message", "cancel", "send-message/more"])
@pytest.mark.parametrize("bad", ["0", "%00", "%ff", "%F0%9F%92%A9", "a%2Fb", "'\"", "x" * 5000])
def test_a_wrong_address_is_not_found(caller: APIClient, bad: str, verb: str) -> None:
    address = "/".join(filter(None, [BASE, bad, verb]))
    for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
        response = caller.generic(method, address, b"{}", "application/json")
        assert 400 <= response.status_code < 500
        assert response.json()["name"] in ("RESOURCE_NOT_FOUND", "METHOD_NOT_SUPPORTED")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer rk_" + "a" * 9000, "Bearer \xff"]
)
def test_a_wrong_key_is_refused(spec: Spec, header: str) -> None:
    client = api_client(Scope.DISPUTES_READ)
    client.credentials(HTTP_AUTHORIZATION=header)
    response = client.get(BASE)
    assert spec.check(response)["name"] == "AUTHENTICATION_FAILURE"
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_our_own_fault_is_a_500_that_tells_nothing(
    spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disputes.api.paypal.views.in_list", None)
    a_case()
    response = api_client(Scope.DISPUTES_READ).get(BASE)
    body = spec.check(response)
    assert (response.status_code, body.keys()) == (500, {"name", "message", "debug_id"})
