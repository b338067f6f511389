"""The document that the API tells of itself."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from backoffice.accounts.enums import Scope
from tests.api.operations import Operation, document, operations
from tests.factories import a_case, api_client

EVERY = pytest.mark.parametrize("op", operations(), ids=str)


def test_document_is_valid_and_nothing_in_it_was_guessed() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")


@pytest.mark.django_db
def test_document_is_served_without_a_key() -> None:
    response = Client().get("/api/v1/openapi.json")
    assert (response.status_code, json.loads(response.content)["openapi"]) == (200, "3.1.0")


@pytest.mark.django_db
def test_documentation_page_loads_nothing_from_elsewhere() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert "http://" not in page
    assert "https://" not in page


@EVERY
def test_every_operation_tells_its_scope_and_its_problems(op: Operation) -> None:
    (requirement, *_) = op.told["security"]
    assert set(requirement["apiKey"]) <= set(Scope.values)
    problems = {status for status in op.told["responses"] if status >= "4"}
    needed = {"400", "401", "403", "404", "503"}
    assert problems >= needed | ({"409", "413", "415", "422"} if op.method == "POST" else set())


@EVERY
def test_every_operation_is_told_in_words_and_every_json_body_by_an_example(op: Operation) -> None:
    assert op.told["summary"]
    assert op.told["description"]
    content = op.told.get("requestBody", {}).get("content", {}).get("application/json")
    for example in content["examples"].values() if content else ():
        whole = {**content["schema"], "components": document()["components"]}
        assert [e.message for e in Draft202012Validator(whole).iter_errors(example["value"])] == []


@pytest.mark.parametrize("op", operations("POST"), ids=str)
def test_every_post_takes_an_idempotency_key(op: Operation) -> None:
    assert op.parameters("header") == ["Idempotency-Key"]


@pytest.mark.django_db
def test_a_case_and_a_list_are_as_the_document_says() -> None:
    case, client = a_case(), api_client(*Scope)
    conforms(client.get(f"/api/v1/disputes/{case.public_id}").json(), "DisputeOut")
    client.post(f"/api/v1/disputes/{case.public_id}/accept-claim")
    conforms(client.get(f"/api/v1/disputes/{case.public_id}").json(), "DisputeOut")
    conforms(client.get("/api/v1/ledger/transfers").json()["items"][0], "TransferOut")
    conforms(client.get("/api/v1/disputes/nothing").json(), "ProblemOut")


def conforms(value: object, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(value)]
    assert errors == []
