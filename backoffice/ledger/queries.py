"""Reading the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    BigIntegerField,
    Expression,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from backoffice.ledger.enums import AccountKind, TransferKind, TransferState
from backoffice.ledger.models import Account, Transfer


def balance(account: Account, state: TransferState = TransferState.POSTED) -> int:
    """Minor units credited less debited in `state`; with PENDING, what is on hold."""
    rows = Account.objects.filter(pk=account.pk).annotate(balance=_balance(state))
    return int(rows.values_list("balance", flat=True)[0])


def transfers_of(subject: str) -> QuerySet[Transfer]:
    """A case's transfers in the order they were written, with their accounts."""
    return Transfer.objects.filter(subject=subject).select_related("debit", "credit").order_by("id")


def accounts(
    kind: AccountKind | None = None, owner: str | None = None, currency: str | None = None
) -> QuerySet[Account]:
    """The accounts these leave, each with `posted_minor` and `pending_minor`: its balances."""
    wanted = {"kind": kind, "owner_ref": owner, "currency": currency}
    return Account.objects.filter(**{k: v for k, v in wanted.items() if v is not None}).annotate(
        posted_minor=_balance(TransferState.POSTED), pending_minor=_balance(TransferState.PENDING)
    )


def _balance(state: TransferState) -> Expression:
    """Credited less debited, as a part of the statement that reads the account."""
    return _moved("credit", state) - _moved("debit", state)


def _moved(side: str, state: TransferState) -> Coalesce:
    rows = Transfer.objects.filter(**{side: OuterRef("pk")}, state=state).order_by()
    total = rows.values(side).annotate(total=Sum("amount_minor")).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)


@dataclass(frozen=True, slots=True)
class TransferFilter:
    """What a list of transfers is narrowed to; None is everything. Times are half-open."""

    dispute_id: str | None = None
    account_id: int | None = None
    kind: TransferKind | None = None
    state: TransferState | None = None
    create_time_after: datetime | None = None
    create_time_before: datetime | None = None


def transfers(wanted: TransferFilter, owner: str | None = None) -> QuerySet[Transfer]:
    """The transfers that `wanted` leaves; of those, with `owner`, the ones of that seller."""
    lookups = {
        "subject": wanted.dispute_id,
        "kind": wanted.kind,
        "state": wanted.state,
        "created_at__gte": wanted.create_time_after,
        "created_at__lt": wanted.create_time_before,
    }
    rows = Transfer.objects.select_related("debit", "credit")
    rows = rows.filter(**{k: v for k, v in lookups.items() if v is not None})
    if wanted.account_id is not None:
        rows = rows.filter(Q(debit=wanted.account_id) | Q(credit=wanted.account_id))
    if owner is not None:
        own = Account.objects.filter(kind=AccountKind.SELLER, owner_ref=owner).values("id")
        rows = rows.filter(Q(debit__in=own) | Q(credit__in=own))
    return rows
