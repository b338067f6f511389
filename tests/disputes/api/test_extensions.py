"""Asking for more time, and agreeing to it, through the API."""

from __future__ import annotations

from typing import Any

import pytest

from backoffice.accounts.enums import Scope
from disputes.models import Case
from tests.disputes.api.test_verbs import denied, post
from tests.factories import a_case, api_client

pytestmark = pytest.mark.django_db
BUYER, SELLER, READ = Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER, Scope.DISPUTES_READ
TRAVEL = {"hours": 48, "reason": "I travel."}


def read(case: Case, *scopes: Scope, base: str = "/api/v1/disputes") -> Any:
    return api_client(READ, *scopes).get(f"{base}/{case.public_id}").json()


def rels(case: Case, *scopes: Scope, **where: str) -> set[str]:
    return {link["rel"] for link in read(case, *scopes, **where)["links"]}


def test_ask_extension_shows_in_what_the_case_waits_for() -> None:
    case = a_case()
    assert read(case)["waiting"]["extension_asked"] is None
    shown = post(case, "ask-extension", SELLER, **TRAVEL).json()
    assert shown["waiting"]["extension_asked"] == {"by": "SELLER", "hours": 48}
    assert shown["timeline"][-1]["sentence"].endswith("asked for 48 more hours: I travel.")


def test_ask_extension_stands_in_lists() -> None:
    case = a_case()
    post(case, "ask-extension", SELLER, **TRAVEL)
    (item,) = api_client(READ).get("/api/v1/disputes").json()["items"]
    assert item["waiting"]["extension_asked"] == {"by": "SELLER", "hours": 48}


@pytest.mark.parametrize("base", ["/api/v1/disputes", "/v1/customer/disputes"])
def test_links_name_extend_in_negotiation_for_who_was_asked(base: str) -> None:
    case = denied()
    assert "extend" not in rels(case, BUYER, SELLER, base=base)
    post(case, "ask-extension", BUYER, **TRAVEL)
    assert "extend" not in rels(case, BUYER, base=base)
    assert "extend" in rels(case, SELLER, base=base)


def test_extend_in_negotiation_unasked_says_what_is_missing() -> None:
    answer = post(denied(), "extend", SELLER, **TRAVEL)
    assert (answer.status_code, answer.json()["code"]) == (409, "extension_not_asked")


def test_extend_beyond_what_was_asked_says_how_much_was() -> None:
    case = denied()
    post(case, "ask-extension", BUYER, **TRAVEL)
    problem = post(case, "extend", SELLER, hours=49, reason="Take it.").json()
    assert (problem["code"], problem["maximum"]) == ("extension_out_of_range", 48)
    assert problem["errors"][0]["field"] == "hours"
    assert read(case)["waiting"]["extension_asked"] == {"by": "BUYER", "hours": 48}


@pytest.mark.parametrize("hours", [None, 0, "x", 10_001])
def test_ask_extension_of_no_hours_stores_nothing(hours: Any) -> None:
    case = a_case()
    answer = post(case, "ask-extension", SELLER, hours=hours, reason="I travel.")
    assert answer.status_code == 400
    assert read(case)["waiting"]["extension_asked"] is None
