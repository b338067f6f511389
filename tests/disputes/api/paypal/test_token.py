"""/v1/oauth2/token: a client that asks for a token gets its key back."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from backoffice.accounts.service import create_client
from backoffice.common.models import IdempotentAnswer
from tests.disputes.api.paypal.spec import BASE, READ, Spec

pytestmark = pytest.mark.django_db
GRANT = "grant_type=client_credentials"
FORM = "application/x-www-form-urlencoded"


def ask(client_id: str, secret: str, body: str = GRANT, **headers: str) -> Any:
    basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", **headers}
    return APIClient().generic("POST", "/v1/oauth2/token", body, FORM, headers=headers)


@pytest.fixture
def key() -> str:
    return create_client("shop", [READ], timezone.now())[1]


def id_of(key: str) -> str:
    return "_".join(key.split("_")[:2])


def test_a_token_opens_what_the_key_opens(spec: Spec, key: str) -> None:
    address = spec.components["securitySchemes"]["Oauth2"]["flows"]["clientCredentials"]["tokenUrl"]
    assert address == "/v1/oauth2/token"
    answer = ask(id_of(key), key)
    token = answer.json()
    assert (token["token_type"], token["scope"]) == ("Bearer", "disputes:read")
    assert answer["Cache-Control"] == "no-store"
    bearer = {"Authorization": f"Bearer {token['access_token']}"}
    assert APIClient().get(BASE, headers=bearer).status_code == 200


def test_credentials_may_be_in_the_form(key: str) -> None:
    body = f"{GRANT}&client_id={id_of(key)}&client_secret={key}"
    answer = APIClient().generic("POST", "/v1/oauth2/token", body, FORM)
    assert answer.json()["access_token"] == key


def test_wrong_credentials_are_refused(key: str) -> None:
    wrong = [("rk", key), ("", key), (id_of(key), key[:-1]), ("é\0", "\0"), ("", "")]
    for client_id, secret in wrong:
        answer = ask(client_id, secret)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        assert answer["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", ["", "Basic", "Basic !!", "Basic /w==", "Bearer x"])
def test_a_wrong_header_is_refused(key: str, header: str) -> None:
    assert ask("", "", Authorization=header).status_code == 401


@pytest.mark.parametrize("body", ["", "grant_type=password", "\0", "%ff=%ff", "a=1&" * 5000])
def test_another_grant_is_refused(key: str, body: str) -> None:
    assert ask(id_of(key), key, body).status_code == 400


def test_a_form_over_the_limit_is_too_large(key: str, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = len(GRANT)
    assert ask(id_of(key), key).status_code == 200
    assert ask(id_of(key), key, f"{GRANT}&").status_code == 413


def test_the_token_is_kept_nowhere(key: str) -> None:
    answer = ask(id_of(key), key, **{"PayPal-Request-Id": "k-1"})
    assert answer.status_code == 200
    assert not IdempotentAnswer.objects.exists()
