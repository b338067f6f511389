"""What the database itself refuses of money, whoever writes and by whatever way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from backoffice.ledger.enums import AccountKind, TransferKind, TransferState
from backoffice.ledger.models import Account, Transfer

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def account(kind: AccountKind, currency: str = "USD") -> Account:
    owner = "" if kind is AccountKind.PLATFORM else f"{kind}-1"
    return Account.objects.get_or_create(kind=kind, owner_ref=owner, currency=currency)[0]


def transfer(**changed: Any) -> Transfer:
    """100.00 USD held of a seller for a buyer."""
    ordinary = {
        "key": "RD-1:hold",
        "kind": TransferKind.HOLD,
        "debit": account(AccountKind.SELLER),
        "credit": account(AccountKind.BUYER),
        "amount_minor": 10_000,
        "currency": "USD",
        "state": TransferState.PENDING,
        "subject": "RD-1",
        "created_at": NOW,
    }
    return Transfer.objects.create(**ordinary | changed)


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "changed",
    [
        {"amount_minor": 0},
        {"amount_minor": -1},
        {"currency": "EUR"},
        {"kind": "GIFT"},
        {"state": "LOST"},
        {"state": TransferState.POSTED},  # which does not say when
    ],
    ids=str,
)
def test_a_transfer_that_cannot_be_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        transfer(**changed)
    assert not Transfer.objects.exists()


def test_accounts_of_two_currencies_are_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        transfer(credit=account(AccountKind.BUYER, "EUR"))


def test_an_account_that_pays_itself_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        transfer(credit=account(AccountKind.SELLER))


def test_a_key_used_before_is_refused() -> None:
    transfer()
    with pytest.raises(DatabaseError), transaction.atomic():
        transfer(subject="RD-2")


def test_a_second_compensation_of_a_case_is_refused() -> None:
    transfer(state=TransferState.POSTED, settled_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        transfer(
            key="RD-1:refund", kind=TransferKind.REFUND, state=TransferState.POSTED, settled_at=NOW
        )


@pytest.mark.parametrize("last", [TransferState.POSTED, TransferState.VOIDED])
def test_a_transfer_is_settled_once(last: TransferState) -> None:
    transfer()
    settle = "UPDATE ledger_transfer SET state = '{}', settled_at = created_at"
    assert not refused(settle.format(last))
    assert [refused(settle.format(state)) for state in TransferState] == [True] * 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_transfer SET amount_minor = 1",
        "UPDATE ledger_transfer SET state = 'POSTED', settled_at = created_at, amount_minor = 1",
        "UPDATE ledger_transfer SET subject = 'RD-2'",
        "DELETE FROM ledger_transfer",
        "UPDATE ledger_account SET owner_ref = 'another'",
        "DELETE FROM ledger_account",
    ],
)
def test_the_books_are_never_rewritten(statement: str) -> None:
    transfer()
    assert refused(statement)
