"""GET /ledger/accounts and /ledger/transfers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from backoffice.accounts.enums import Scope
from backoffice.ledger.models import Account, Transfer
from backoffice.ledger.queries import accounts, balance
from disputes.service.act import act
from disputes.verbs.answers import accept_claim
from tests.factories import a_case, an_order, api_client, seller_of

pytestmark = pytest.mark.django_db
ACCOUNTS, TRANSFERS = "/api/v1/ledger/accounts", "/api/v1/ledger/transfers"


def items(url: str, seller_ref: str = "", **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        api_client(Scope.LEDGER_READ, seller_ref=seller_ref).get(url, query).json()["items"]
    )
    return found


def usd(value: str) -> dict[str, str]:
    return {"currency_code": "USD", "value": value}


def paid() -> Any:
    """A case whose hold was posted, and one whose hold is pending, of the same parties."""
    case = a_case()
    act(accept_claim, case.public_id, seller_of(case), timezone.now())
    a_case(an_order(prices=(2_500,)))
    return case


def test_accounts_show_what_is_posted_and_pending() -> None:
    paid()
    assert [(a["kind"], a["owner"], a["posted"], a["pending"]) for a in items(ACCOUNTS)] == [
        ("BUYER", "buyer-1", usd("100.00"), usd("25.00")),
        ("SELLER", "seller-1", usd("-100.00"), usd("-25.00")),
    ]


def test_balances_agree_with_the_one_account_query() -> None:
    paid()
    assert [a.posted_minor for a in accounts().order_by("id")] == [
        balance(a) for a in Account.objects.order_by("id")
    ]


def test_accounts_are_narrowed_by() -> None:
    paid()
    assert [a["kind"] for a in items(ACCOUNTS, kind="SELLER")] == ["SELLER"]
    assert [a["kind"] for a in items(ACCOUNTS, owner="buyer-1")] == ["BUYER"]
    assert items(ACCOUNTS, currency="EUR") == []


def test_transfers_are_newest_first_and_name_both_sides() -> None:
    case = paid()
    first, second = items(TRANSFERS)
    assert (first["state"], second["state"]) == ("PENDING", "POSTED")
    assert second["dispute_id"] == case.public_id
    assert (second["debit"]["owner"], second["credit"]["owner"]) == ("seller-1", "buyer-1")
    assert second["amount"] == usd("100.00")


def test_transfers_are_narrowed_by() -> None:
    case, now = paid(), timezone.now()
    (posted,) = items(TRANSFERS, state="POSTED")
    (pending,) = items(TRANSFERS, state="PENDING")
    assert items(TRANSFERS, dispute_id=case.public_id) == [posted]
    assert items(TRANSFERS, account_id=posted["credit"]["account_id"]) == [pending, posted]
    assert items(TRANSFERS, account_id=999) == []
    assert items(TRANSFERS, kind="REFUND") == []
    assert items(TRANSFERS, create_time_before=(now - timedelta(days=1)).isoformat()) == []
    assert items(TRANSFERS, create_time_after=(now - timedelta(days=1)).isoformat()) == [
        pending,
        posted,
    ]


def test_a_sellers_client_sees_its_own_money_only() -> None:
    own, _ = a_case(an_order(seller="own")), a_case(an_order(seller="other"))
    assert [a["owner"] for a in items(ACCOUNTS, seller_ref="own")] == ["own"]
    assert items(ACCOUNTS, seller_ref="own", owner="other") == []
    assert [t["dispute_id"] for t in items(TRANSFERS, seller_ref="own")] == [own.public_id]


@pytest.mark.parametrize("url", [ACCOUNTS, TRANSFERS])
def test_pages_cost_the_same_for_more(
    url: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = api_client(Scope.LEDGER_READ)
    client.get(url)
    for number in range(4):
        a_case(an_order(seller=f"s-{number}", buyer=f"b-{number}"))
    with django_assert_num_queries(2):  # the key's client, the page
        client.get(url)


def test_pages_meet() -> None:
    for _ in range(3):
        a_case(an_order())
    client = api_client(Scope.LEDGER_READ)
    first = client.get(TRANSFERS, {"page_size": 2}).json()
    second = client.get(first["links"][0]["href"]).json()
    seen = [item["transfer_id"] for page in (first, second) for item in page["items"]]
    assert seen == list(Transfer.objects.order_by("-id").values_list("id", flat=True))
    assert second["links"] == []


@pytest.mark.parametrize(
    ("url", "query", "field"),
    [
        (ACCOUNTS, "kind=BANK", "kind"),
        (ACCOUNTS, "owner=", "owner"),
        (ACCOUNTS, "balance=1", "balance"),
        (TRANSFERS, "account_id=0", "account_id"),
        (TRANSFERS, "account_id=9223372036854775808", "account_id"),
        (TRANSFERS, "account_id=" + "9" * 5000, "account_id"),
        (TRANSFERS, "state=LOST", "state"),
        (TRANSFERS, "dispute_id=%00", "dispute_id"),
        (TRANSFERS, "create_time_after=2026-13-01T00:00:00Z", "create_time_after"),
    ],
)
def test_wrong_filters_are_named(url: str, query: str, field: str) -> None:
    response = api_client(Scope.LEDGER_READ).get(f"{url}?{query}")
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]
