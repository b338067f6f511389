from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIRequestFactory

from backoffice.accounts.enums import Scope
from backoffice.audit.api.views import ChainView
from backoffice.audit.service import append
from tests.accounts.factories import make_client
from tests.audit.chains import AT, KIND, event, make_chains
from tests.common.api.views import rendered

pytestmark = pytest.mark.django_db


def read(subject: str, header: str, **query: object) -> Any:
    request = APIRequestFactory().get("/", query, headers={"Authorization": header})
    return rendered(ChainView.as_view()(request, subject_kind=KIND, subject_id=subject))


def documented_verifier() -> Callable[[list[dict[str, Any]]], None]:
    """The function that docs/audit.md gives to verifiers."""
    page = (settings.BASE_DIR / "docs" / "audit.md").read_text()
    found: dict[str, Any] = {}
    exec(page.partition("```python\n")[2].partition("```")[0], found)
    return found["verify"]


def test_a_chain_can_be_verified_from_what_the_api_gives() -> None:
    awkward = {"ü": 'a\u2028\x1f"\\', "n": -(2**63), "😀": [None, True], "at": AT}
    append([event("a", **awkward), event("a", times=1)])
    items = read("a", make_client(Scope.AUDIT_READ)[1]).document["items"]
    documented_verifier()(items)
    items[0]["data"]["n"] = 1
    with pytest.raises(ValueError, match="event 1"):
        documented_verifier()(items)


def test_a_chain_is_paged() -> None:
    make_chains(a=3)
    document = read("a", make_client()[1], page_size=2).document
    assert ([e["seq"] for e in document["items"]], len(document["links"])) == ([1, 2], 1)


def test_an_unknown_subject_is_a_404() -> None:
    assert read("nobody", make_client()[1]).status_code == 404


def test_without_the_scope_nothing_is_read() -> None:
    make_chains(a=1)
    assert read("a", make_client(Scope.LEDGER_READ)[1]).document["code"] == "missing_scope"


def test_a_sellers_client_reads_no_chain() -> None:
    make_chains(a=1)
    assert read("a", make_client(seller_ref="s1")[1]).document["code"] == "seller_client"
