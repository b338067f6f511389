"""Which scope opens which endpoint: every one of them against every other."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from tests.api.operations import Operation, operations
from tests.factories import api_client

pytestmark = pytest.mark.django_db
BUYER, SELLER = {Scope.DISPUTES_BUYER}, {Scope.DISPUTES_SELLER}
CASE = "/disputes/{dispute_id}"
# The whole of who may what. An endpoint that is not here fails the first test.
OPENS: dict[str, set[Scope]] = {
    "POST /orders": {Scope.FEED_WRITE},
    "POST /shipments": {Scope.FEED_WRITE},
    "POST /tracking-events": {Scope.FEED_WRITE},
    "POST /listing-photos": {Scope.FEED_WRITE},
    "GET /orders/{external_id}": {Scope.DISPUTES_READ},
    "GET /disputes": {Scope.DISPUTES_READ},
    "POST /disputes": BUYER,
    f"GET {CASE}": {Scope.DISPUTES_READ},
    f"GET {CASE}/bundle": {Scope.DISPUTES_READ},
    f"POST {CASE}/send-message": BUYER | SELLER,
    f"POST {CASE}/accept-claim": SELLER,
    f"POST {CASE}/deny": SELLER,
    f"POST {CASE}/make-offer": BUYER | SELLER,
    f"POST {CASE}/accept-offer": BUYER | SELLER,
    f"POST {CASE}/deny-offer": BUYER | SELLER,
    f"POST {CASE}/ask-extension": BUYER | SELLER,
    f"POST {CASE}/extend": BUYER | SELLER,
    f"POST {CASE}/give-return-address": SELLER,
    f"POST {CASE}/ship-return": BUYER,
    f"POST {CASE}/acknowledge-return-item": SELLER,
    f"POST {CASE}/accept-deduction": BUYER,
    f"POST {CASE}/contest-deduction": BUYER,
    f"POST {CASE}/escalate": BUYER | SELLER,
    f"POST {CASE}/withdraw": BUYER,
    f"POST {CASE}/provide-evidence": BUYER | SELLER,
    f"POST {CASE}/provide-supporting-info": BUYER | SELLER,
    f"POST {CASE}/appeal": BUYER | SELLER,
    f"POST {CASE}/read": BUYER | SELLER,
    f"POST {CASE}/links": BUYER | SELLER,
    f"POST {CASE}/files": BUYER | SELLER,
    f"POST {CASE}/uploads": BUYER | SELLER,
    f"POST {CASE}/uploads/{{upload_id}}/complete": BUYER | SELLER,
    "GET /ledger/accounts": {Scope.LEDGER_READ},
    "GET /ledger/transfers": {Scope.LEDGER_READ},
    "GET /rulebooks": {Scope.RULEBOOK_READ},
    "GET /rulebooks/{number}": {Scope.RULEBOOK_READ},
    "POST /rulebooks/{number}/evaluate": {Scope.RULEBOOK_READ},
    "GET /audit/{subject_kind}/{subject_id}": {Scope.AUDIT_READ},
}
FILLED = {
    "dispute_id": "RD-222222222222",
    "external_id": "x",
    "number": 1,
    "subject_kind": "case",
    "subject_id": "x",
    "upload_id": "U-222222222222",
}


def test_every_operation_is_in_the_table() -> None:
    assert {str(op) for op in operations()} == OPENS.keys()


def test_document_tells_the_same_scopes() -> None:
    told = {
        str(op): {Scope(scope) for need in op.told["security"] for scope in need["apiKey"]}
        for op in operations()
    }
    assert told == OPENS


@pytest.mark.parametrize("op", operations(), ids=str)
def test_only_the_right_scope_opens_it(op: Operation) -> None:
    codes = {scope: _code(op, api_client(scope)) for scope in Scope}
    refused = {scope for scope, code in codes.items() if code == "missing_scope"}
    assert refused == set(Scope) - OPENS[str(op)]


@pytest.mark.parametrize("op", operations(), ids=str)
def test_without_a_key_nothing_opens(op: Operation) -> None:
    assert _code(op, APIClient()) == "not_authenticated"


def _code(op: Operation, client: APIClient) -> str:
    """The code of the problem it answers with; "" if it opens."""
    answer = client.generic(op.method, op.url(**FILLED), "{}", "application/json")
    return str(answer.json().get("code", ""))
