"""Reading accounts and transfers. Nothing here moves money: only decisions do."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.generics import ListAPIView

from backoffice.accounts.api.clients import client_of
from backoffice.accounts.enums import Scope
from backoffice.common.api.views import ApiView
from backoffice.ledger.enums import AccountKind
from backoffice.ledger.models import Account, Transfer
from backoffice.ledger.queries import TransferFilter, accounts, transfers
from backoffice.ledger.serializers import (
    EXAMPLE_TRANSFER,
    AccountFilters,
    AccountOut,
    TransferFilters,
    TransferOut,
)


@extend_schema(tags=["ledger"], summary="List accounts")
class AccountsView(ApiView, ListAPIView[Account]):
    """Accounts, oldest first, with their balances: what is owed to each party.

    A seller's own client sees that seller's accounts only.
    """

    scopes = {"GET": Scope.LEDGER_READ}
    keyset = ("id",)
    filters = AccountFilters
    serializer_class = AccountOut
    queryset = Account.objects.none()

    def get_queryset(self) -> QuerySet[Account]:
        """The accounts asked for."""
        rows = accounts(**self.query)
        owner = client_of(self.request).seller_ref
        return rows.filter(kind=AccountKind.SELLER, owner_ref=owner) if owner else rows


@extend_schema(
    tags=["ledger"],
    summary="List transfers",
    examples=[OpenApiExample("A hold", EXAMPLE_TRANSFER, response_only=True)],
)
class TransfersView(ApiView, ListAPIView[Transfer]):
    """Transfers, newest first.

    A seller's own client sees those that debit or credit that seller.
    """

    scopes = {"GET": Scope.LEDGER_READ}
    keyset = ("-id",)
    filters = TransferFilters
    serializer_class = TransferOut
    queryset = Transfer.objects.none()

    def get_queryset(self) -> QuerySet[Transfer]:
        """The transfers asked for."""
        owner = client_of(self.request).seller_ref or None
        return transfers(TransferFilter(**self.query), owner)
