"""Bad input: never a 500, always a problem that names the field, and nothing stored."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.utils import timezone
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from backoffice.files.models import Upload
from backoffice.files.service.uploads import announce
from disputes.models import Case
from tests.api.hostile import (
    BODIES,
    Path,
    bad_values,
    denied_case,
    fields,
    named,
    replaced,
)
from tests.api.operations import Operation, operations
from tests.factories import a_case, api_client, buyer_of

pytestmark = pytest.mark.django_db
# What takes a form has tests of its own (tests/disputes/api/test_files.py, test_listing_photos.py).
FORMS = ("/files", "/listing-photos")
POSTS = [op for op in operations("POST") if not op.path.endswith(FORMS)]
OF_A_CASE = [op for op in operations() if "{dispute_id}" in op.path]
IN_ADDRESSES = ["", "0", "-1", "9" * 30, "x" * 5000, "%00", "%ff", "%F0%9F%92%A9", "a%2Fb", "'\""]
WHOLE_BODIES = [
    b"",
    b" ",
    b"null",
    b"[]",
    b"[{}]",
    b"5",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b'{"a": 1, "a": 2}',
    b'{"as": NaN}',
    b'{"\\u0000": 1}',
    b'{"\\ud800": 1}',
    b"[" * 100_000,
    b'{"a":' * 30 + b"1" + b"}" * 30,
    b'{"note": "' + b"x" * 10_000_000 + b'"}',
]


def stored() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def filled(case: Case) -> dict[str, object]:
    """A good value for every parameter of an address."""
    return {
        "dispute_id": case.public_id,
        "external_id": case.order.external_id,
        "number": 1,
        "subject_kind": "case",
        "subject_id": case.public_id,
        "upload_id": an_upload(case).public_id,
    }


def an_upload(case: Case) -> Upload:
    """A file that the buyer announced and that was refused."""
    upload = announce(case.public_id, "a.jpg", 9, buyer_of(case), timezone.now())
    Upload.objects.filter(pk=upload.pk).update(refused="file_malformed")
    return upload


def tail(op: Operation) -> str:
    return op.path.removeprefix("/api/v1")


def caller() -> APIClient:
    return api_client(*Scope)


def send(client: APIClient, url: str, body: bytes, kind: str = "application/json") -> Any:
    return client.generic("POST", url, body, kind)


def check(response: Any, before: dict[str, int]) -> None:
    """It is a refusal, said as RFC 9457 says it, and changed nothing."""
    assert 400 <= response.status_code < 500
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    assert stored() == before


def names_of(response: Any) -> list[str]:
    """The fields a refusal names; a batch names them item by item."""
    body = response.json()
    return [error["field"] for error in body.get("errors", [])] + [
        f"items[{place}].{error['field']}"
        for place, item in enumerate(body.get("items", []))
        for error in item["errors"]
    ]


def meets(name: str, path: str) -> bool:
    """Whether the field named is the spoilt one, something in it, or what it is part of."""
    return bool(name) and (name.startswith(path) or path.startswith(name))


def test_every_post_has_a_good_body_to_spoil() -> None:
    assert {tail(op) for op in POSTS} == BODIES.keys()


def spoilt() -> list[Any]:
    """Each POST with each of its fields. (A good claim needs an order: its keys stand here.)"""
    claim = ("order", "buyer", "reason", "sub_reason", "note")
    found = []
    for op in POSTS:
        body: Any = dict.fromkeys(claim, "x") if tail(op) == "/disputes" else BODIES[tail(op)]()
        if tail(op) == "/disputes":
            body |= {"lines": ["1"], "requested_amount": {"currency_code": "USD", "value": "1"}}
        found += [pytest.param(op, path, id=f"{op} {named(path)}") for path, _ in fields(body)]
    return found


@pytest.mark.parametrize(("op", "path"), spoilt())
def test_a_wrong_field_is_named_and_nothing_stored(op: Operation, path: Path) -> None:
    client, good = caller(), BODIES[tail(op)]()
    url = op.url(**filled(denied_case()))
    value = dict(fields(good))[path]
    before = stored()
    for bad in bad_values(path, value):
        response = send(client, url, json.dumps(replaced(good, path, bad)).encode())
        if "items" not in response.json():  # a batch is answered item by item, with 200
            check(response, before)
        names = names_of(response)
        assert any(meets(name, named(path)) for name in names), (str(bad)[:80], names)
        assert stored() == before, str(bad)[:80]


@pytest.mark.parametrize("op", POSTS, ids=str)
def test_an_unknown_field_is_named(op: Operation) -> None:
    client, good = caller(), BODIES[tail(op)]()
    url = op.url(**filled(denied_case()))
    before = stored()
    response = send(client, url, json.dumps(good | {"colour": "red"}).encode())
    check(response, before)
    assert names_of(response) == ["colour"]


@pytest.mark.parametrize("op", POSTS, ids=str)
def test_a_wrong_body_is_refused_whole(op: Operation) -> None:
    client, url = caller(), op.url(**filled(denied_case()))
    before = stored()
    # Without a body, the two verbs that need nothing are done: they are in their own tests.
    empty_will_do = tail(op).endswith(("accept-claim", "withdraw"))
    for body in WHOLE_BODIES[1 if empty_will_do else 0 :]:
        check(send(client, url, body), before)
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", "x" * 300):
        check(send(client, url, b"{}", kind), before)


@pytest.mark.parametrize("op", POSTS, ids=str)
@pytest.mark.parametrize("key", ["", " ", "é", "x" * 256, "a b", "a\tb"])
def test_a_wrong_idempotency_key_is_refused(op: Operation, key: str) -> None:
    client, body = caller(), json.dumps(BODIES[tail(op)]())
    url = op.url(**filled(denied_case()))
    before = stored()
    headers = {"HTTP_IDEMPOTENCY_KEY": key}
    response = client.generic("POST", url, body, "application/json", **headers)
    check(response, before)
    assert names_of(response) == ["Idempotency-Key"]


@pytest.mark.parametrize("op", operations(), ids=str)
def test_a_wrong_address_is_a_problem(op: Operation) -> None:
    client, names = caller(), op.parameters("path")
    good = filled(a_case())
    before = stored()
    for name in names:
        for bad in IN_ADDRESSES:
            url = op.url(**good | {name: bad})
            response = client.generic(op.method, url, "{}", "application/json")
            assert response.status_code < 500, url
            if response.status_code >= 400:
                check(response, before)


@pytest.mark.parametrize("op", operations("GET"), ids=str)
def test_a_wrong_parameter_is_named(op: Operation) -> None:
    client = caller()
    url = op.url(**filled(a_case()))
    for name in op.parameters("query"):
        for bad in ["", "\0", "x" * 5000, "9" * 5000, "-1", "1e9", "2026-99-99", "٣", "[]", "💩"]:
            response = client.get(f"{url}?{name}={quote(bad)}")
            if response.status_code != 200:
                assert response.status_code == 400, (name, bad[:20])
                assert names_of(response) == [name]


@pytest.mark.parametrize("op", OF_A_CASE, ids=str)
def test_another_sellers_case_is_not_found(op: Operation) -> None:
    client = api_client(*Scope, seller_ref="another")
    url = op.url(**filled(denied_case()))
    before = stored()
    body = json.dumps(BODIES[tail(op)]()) if op in POSTS else "{}"
    response = client.generic(op.method, url, body, "application/json")
    check(response, before)
    assert response.json()["code"] in ("case_not_found", "unsupported_media_type")


@pytest.mark.parametrize("op", operations("GET"), ids=str)
def test_a_parameter_sent_twice_is_refused(op: Operation) -> None:
    url = op.url(**filled(a_case()))
    for name in op.parameters("query"):
        response = caller().get(f"{url}?{name}=1&{name}=2")
        assert (response.status_code, names_of(response)) == (400, [name])


@pytest.mark.parametrize("op", operations(), ids=str)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "GET", "POST"])
def test_a_wrong_method_is_a_problem(op: Operation, method: str) -> None:
    if f"{method} {op.path}" in {f"{o.method} {o.path}" for o in operations()}:
        return
    url = op.url(**filled(a_case()))
    response = caller().generic(method, url)
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer rk_" + "a" * 9000, "Bearer \xff"]
)
def test_a_wrong_key_is_refused(header: str) -> None:
    client = APIClient(HTTP_AUTHORIZATION=header)
    response = client.get("/api/v1/disputes")
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
    assert response["WWW-Authenticate"].startswith("Bearer")
