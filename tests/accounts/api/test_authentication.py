from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from backoffice.accounts import service
from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiKey
from backoffice.common.api.views import ApiView
from tests.accounts.factories import NOW, make_client
from tests.common.api.views import rendered

pytestmark = pytest.mark.django_db


class Door(ApiView):
    scopes = {"GET": Scope.AUDIT_READ, "POST": (Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER)}

    def get(self, request: Request) -> Response:
        return Response({"client": request.auth.name})

    def post(self, request: Request) -> Response:
        return Response({})

    def delete(self, request: Request) -> Response:
        return Response({})


def call(authorization: str | None, method: str = "GET") -> Any:
    headers = {"Authorization": authorization} if authorization else {}
    request = APIRequestFactory().generic(method, "/api/v1/test", headers=headers)
    with time_machine.travel(NOW, tick=False):
        return rendered(Door.as_view()(request))


def test_a_key_opens_the_door() -> None:
    _, header = make_client(Scope.AUDIT_READ)
    assert call(header).document == {"client": "market"}


def test_no_key_is_a_401_that_says_how() -> None:
    response = call(None)
    assert (response.status_code, response.document["code"]) == (401, "not_authenticated")
    assert response["WWW-Authenticate"] == 'Bearer realm="redress"'


@pytest.mark.parametrize("header", ["Basic x", "Bearer", "Bearer rk_x_y", "Bearer " + "x" * 9999])
def test_a_header_of_the_wrong_form_is_a_401(header: str) -> None:
    assert call(header).status_code == 401


def test_a_wrong_secret_is_a_401() -> None:
    _, header = make_client()
    assert call(header[:-1] + ("A" if header[-1] != "A" else "B")).status_code == 401


def test_an_ended_key_is_a_401() -> None:
    client, header = make_client()
    client.keys.update(expires_at=NOW)
    assert call(header).status_code == 401


def test_a_revoked_client_is_a_401() -> None:
    client, header = make_client()
    service.revoke(client, NOW)
    assert call(header).status_code == 401


def test_a_missing_scope_is_named() -> None:
    _, header = make_client(Scope.LEDGER_READ)
    response = call(header)
    assert (response.status_code, response.document["code"]) == (403, "missing_scope")
    assert response.document["scopes"] == ["audit:read"]


def test_one_of_several_scopes_is_enough() -> None:
    _, header = make_client(Scope.DISPUTES_SELLER)
    assert call(header, "POST").status_code == 200


def test_a_method_without_a_scope_is_closed() -> None:
    _, header = make_client()
    assert call(header, "DELETE").document["code"] == "missing_scope"


def test_a_method_that_is_not_there_is_a_405() -> None:
    _, header = make_client()
    assert call(header, "PUT").status_code == 405


def test_use_is_noted_at_most_once_a_minute() -> None:
    client, key = service.create_client("market", [Scope.AUDIT_READ], NOW)
    used = []
    for seconds in (0, 59, 60):
        service.client_of(key, NOW + timedelta(seconds=seconds))
        used.append(client.keys.get().last_used_at)
    assert used == [NOW, NOW, NOW + timedelta(seconds=60)]


def test_the_secret_is_not_stored() -> None:
    _, key = service.create_client("market", [Scope.AUDIT_READ], NOW)
    secret = key.split("_", 2)[2]
    stored = [str(v) for row in ApiKey.objects.values() for v in row.values()]
    assert not any(secret in value for value in stored)


def test_rotation_lets_both_keys_in_until_the_overlap_ends() -> None:
    client, old = service.create_client("market", [Scope.AUDIT_READ], NOW)
    new = service.rotate_key(client, timedelta(hours=1), NOW)
    for at, wanted in ((NOW, (client, client)), (NOW + timedelta(hours=1), (None, client))):
        assert (service.client_of(old, at), service.client_of(new, at)) == wanted
