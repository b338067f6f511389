"""The books in the admin: balances, and transfers found by case."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.ledger.enums import AccountKind, TransferKind, TransferState
from backoffice.ledger.models import Account, Transfer
from tests.accounts.factories import make_staff
from tests.factories import a_case, an_order

pytestmark = pytest.mark.django_db
ACCOUNTS, TRANSFERS = "/admin/ledger/account/", "/admin/ledger/transfer/"


@pytest.fixture
def client(db: None) -> Client:
    """Somebody of finance."""
    client = Client()
    client.force_login(make_staff(Role.FINANCE))
    return client


def listed(client: Client, address: str) -> list[Any]:
    return list(client.get(address).context["cl"].result_list)


def test_accounts_show_what_is_on_hold(client: Client) -> None:
    a_case(an_order(prices=[148_800]))
    on_hold = {account.kind: account.pending_minor for account in listed(client, ACCOUNTS)}
    assert on_hold == {AccountKind.SELLER: -148_800, AccountKind.BUYER: 148_800}
    assert "-1,488.00 USD" in client.get(ACCOUNTS).content.decode()


def test_accounts_are_found_by_owner(client: Client) -> None:
    a_case(an_order(seller="S-9"))
    found = listed(client, f"{ACCOUNTS}?q=S-9")
    assert found == [Account.objects.get(owner_ref="S-9")]


def test_account_is_read_and_leads_to_its_transfers(client: Client) -> None:
    a_case(an_order(seller="S-9"))
    a_case(an_order(seller="S-8"))
    account = Account.objects.get(owner_ref="S-9")
    link = f"{TRANSFERS}?account={account.pk}"
    assert link in client.get(f"{ACCOUNTS}{account.pk}/change/").content.decode()
    assert listed(client, link) == [Transfer.objects.get(debit=account)]


@pytest.mark.parametrize("column", ["subject", "key"])
def test_transfers_are_found_by_case_and_by_key(client: Client, column: str) -> None:
    a_case()
    transfer = Transfer.objects.get(subject=a_case().public_id)
    assert listed(client, f"{TRANSFERS}?q={getattr(transfer, column)}") == [transfer]


def test_transfer_is_read(client: Client) -> None:
    case = a_case()
    transfer = Transfer.objects.get()
    page = client.get(f"{TRANSFERS}{transfer.pk}/change/").content.decode()
    assert [text in page for text in (case.public_id, "100.00 USD")] == [True, True]


@pytest.mark.parametrize("kind", TransferKind)
def test_transfers_of_every_kind_are_listed(client: Client, kind: TransferKind) -> None:
    a_case()
    seller, buyer = Account.objects.order_by("-kind")
    other = Transfer.objects.create(
        key=f"{kind}",
        kind=kind,
        debit=seller,
        credit=buyer,
        amount_minor=1,
        currency="USD",
        state=TransferState.PENDING,
        subject="RD-9",
        created_at=timezone.now(),
    )
    assert listed(client, TRANSFERS)[0] == other


@pytest.mark.parametrize("account", ["x", "-1", "9" * 30, "%00"])
def test_a_strange_account_is_refused_without_a_500(client: Client, account: str) -> None:
    assert client.get(f"{TRANSFERS}?account={account}").status_code == 302
