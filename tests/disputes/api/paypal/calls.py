"""Calling PayPal's addresses as its clients do."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

from backoffice.accounts.enums import Scope
from disputes.models import Case
from tests.disputes.api.paypal.spec import READ, Spec, client, url

SEE = {"evidence_type": "OTHER", "notes": "See."}


def post(case: Case, verb: str, body: Any, *scopes: Scope, **headers: str) -> Any:
    return client(*scopes).post(url(case, verb), body, headers=headers)


def form(case: Case, verb: str, *scopes: Scope, **parts: Any) -> Any:
    return client(*scopes).post(url(case, verb), parts, format="multipart")


def shown(spec: Spec, case: Case, *scopes: Scope) -> Any:
    return spec.check(client(READ, *scopes).get(url(case)))


def rels(body: dict[str, Any]) -> list[str]:
    return [link["rel"] for link in body["links"]]


def a_png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()
