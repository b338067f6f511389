"""Moving money: appended and settled in sets, always inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.bulk import append, update
from backoffice.common.errors import Refused
from backoffice.common.money import Money
from backoffice.ledger.enums import AccountKind, TransferKind, TransferState
from backoffice.ledger.models import Account, Transfer

COLUMNS = (
    "key",
    "kind",
    "debit_id",
    "credit_id",
    "amount_minor",
    "currency",
    "state",
    "subject",
    "created_at",
    "settled_at",
)


@dataclass(frozen=True, slots=True)
class Party:
    """Whose account: a kind and, for buyers and sellers, their external id."""

    kind: AccountKind
    ref: str = ""


PLATFORM = Party(AccountKind.PLATFORM)


@dataclass(frozen=True, slots=True)
class NewTransfer:
    """A transfer to write: `debit` pays, `credit` receives, `state` is PENDING or POSTED."""

    key: str
    kind: TransferKind
    debit: Party
    credit: Party
    amount: Money
    state: TransferState
    subject: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """The one step of a pending transfer: to POSTED or VOIDED."""

    key: str
    state: TransferState


def record(transfers: Sequence[NewTransfer], now: datetime) -> None:
    """Append `transfers`. The database refuses a key used before and any amount not positive."""
    if not transfers:
        return
    accounts = _accounts(
        {(party, t.amount.currency) for t in transfers for party in (t.debit, t.credit)}
    )
    append(Transfer, COLUMNS, (_row(t, accounts, now) for t in transfers))


def settle(settlements: Sequence[Settlement], now: datetime) -> None:
    """Post or void pending transfers. Raises Refused if one of them is not pending."""
    rows = [(s.key, str(s.state), now) for s in settlements]
    pending = "t.state = 'PENDING'"
    if update(Transfer, ("key",), ("state", "settled_at"), rows, only=pending) != len(rows):
        raise Refused(
            _("A transfer was posted or voided already; look at the case again."),
            code="transfer_already_settled",
        )


def _row(
    t: NewTransfer, accounts: dict[tuple[Party, str], int], now: datetime
) -> tuple[object, ...]:
    currency = t.amount.currency
    settled_at = now if t.state == TransferState.POSTED else None
    debit, credit = accounts[t.debit, currency], accounts[t.credit, currency]
    return (
        t.key,
        str(t.kind),
        debit,
        credit,
        t.amount.minor,
        currency,
        str(t.state),
        t.subject,
        now,
        settled_at,
    )


def _accounts(wanted: Iterable[tuple[Party, str]]) -> dict[tuple[Party, str], int]:
    """Ids of the accounts, made where they are missing (by whoever comes first)."""
    wanted = set(wanted)
    found = _find(wanted)
    missing = wanted - found.keys()
    if missing:
        Account.objects.bulk_create(
            [
                Account(kind=p.kind, owner_ref=p.ref, currency=currency)
                for p, currency in sorted(missing, key=lambda w: (w[0].kind, w[0].ref, w[1]))
            ],
            ignore_conflicts=True,
        )
        found |= _find(missing)
    return found


def _find(wanted: set[tuple[Party, str]]) -> dict[tuple[Party, str], int]:
    refs = {party.ref for party, _ in wanted}
    rows = Account.objects.filter(owner_ref__in=refs).values_list(
        "id", "kind", "owner_ref", "currency"
    )
    return {(Party(AccountKind(k), ref), c): pk for pk, k, ref, c in rows}
