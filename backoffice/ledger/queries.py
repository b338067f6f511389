"""Reading the ledger."""

from __future__ import annotations

from django.db.models import Case, F, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Account, Transfer


def balance(account: Account, state: TransferState = TransferState.POSTED) -> int:
    """Minor units credited less debited in `state`; with PENDING, what is on hold."""
    signed = Case(When(credit=account, then=F("amount_minor")), default=-F("amount_minor"))
    rows = (account.credits.all() | account.debits.all()).filter(state=state)
    return int(rows.aggregate(total=Coalesce(Sum(signed), 0))["total"])


def transfers_of(subject: str) -> QuerySet[Transfer]:
    """A case's transfers in the order they were written, with their accounts."""
    return Transfer.objects.filter(subject=subject).select_related("debit", "credit").order_by("id")
