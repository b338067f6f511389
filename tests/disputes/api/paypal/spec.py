"""PayPal's specification, which lies beside the project: its schemas, made JSON Schema."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator
from rest_framework.test import APIClient

from backoffice.accounts.enums import Scope
from disputes.models import Case
from tests.factories import api_client

FILE = "paypal_customer_disputes_v1.json"
BASE = "/v1/customer/disputes"
BUYER, SELLER, READ = Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER, Scope.DISPUTES_READ
SIMULATE = Scope.DISPUTES_SIMULATE


class Spec:
    """What the specification says an answer has to look like."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        # OpenAPI 3.0's schemas are JSON Schema but for `nullable`, which this document never uses.
        assert "nullable" not in json.dumps(document)
        self.components = document["components"]
        self.operations = {
            (method.upper(), path): told
            for path, item in document["paths"].items()
            for method, told in item.items()
        }

    def schema(self, name: str) -> dict[str, Any]:
        return {"$ref": f"#/components/schemas/{name}", "components": self.components}

    def errors(self, value: object, name: str) -> list[str]:
        """What is wrong with `value` as a `name`."""
        found = Draft202012Validator(self.schema(name)).iter_errors(value)
        return [f"{error.json_path}: {error.message[:200]}" for error in found]

    def check(self, response: Any) -> Any:
        """`response` is one that its operation documents; its body."""
        request = response.wsgi_request
        rest = urlsplit(request.path).path.removeprefix(BASE).split("/")[1:]
        path = "/".join([BASE, *(["{id}"] if rest else []), *rest[1:]])
        responses = self.operations[request.method, path]["responses"]
        told = responses.get(str(response.status_code))
        if told is None:
            assert response.status_code >= 400, (response.status_code, "is not documented")
            told = responses["default"]
        if "content" not in told:
            assert response.content == b""
            return None
        assert response["Content-Type"] == "application/json"
        body = response.json()
        name = told["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert self.errors(body, name) == []
        if f"error_{response.status_code}" in self.components["schemas"]:
            assert named(body) == named(self.fixed(response.status_code))
        return body

    def fixed(self, status: int) -> dict[str, str]:
        """The name and message that PayPal gives each status."""
        properties = self.components["schemas"][f"error_{status}"]["properties"]
        return {name: properties[name]["enum"][0] for name in ("name", "message")}


def named(body: dict[str, Any]) -> tuple[str, str]:
    return body["name"], body["message"]


@cache
def load(path: Path) -> Spec:
    return Spec(json.loads(path.read_text()))


def client(*scopes: Scope, seller_ref: str = "") -> APIClient:
    return api_client(*(scopes or (READ, BUYER, SELLER)), seller_ref=seller_ref)


def url(case: Case, verb: str = "") -> str:
    return "/".join(filter(None, [BASE, case.public_id, verb]))
