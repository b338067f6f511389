"""Accounts and transfers as they are shown, and what their lists are narrowed by."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backoffice.common.api.fields import AmountOf, Moment, StrictSerializer, Text
from backoffice.ledger.enums import AccountKind, TransferKind, TransferState

MAX_ID = 2**63 - 1
EXAMPLE_TRANSFER = {
    "transfer_id": 7,
    "key": "RD-7K2MNPQ4RSTV:hold",
    "kind": "HOLD",
    "state": "PENDING",
    "amount": {"currency_code": "USD", "value": "100.00"},
    "debit": {"account_id": 3, "kind": "SELLER", "owner": "seller-1"},
    "credit": {"account_id": 4, "kind": "BUYER", "owner": "buyer-1"},
    "dispute_id": "RD-7K2MNPQ4RSTV",
    "create_time": "2026-03-02T09:00:00Z",
    "settle_time": None,
}


class AccountSide(serializers.Serializer[Any]):
    """An account as a transfer names it."""

    account_id = serializers.IntegerField(source="id")
    kind = serializers.ChoiceField(AccountKind.choices)
    owner = serializers.CharField(
        source="owner_ref", allow_blank=True, help_text="The buyer's or seller's external id."
    )


class AccountOut(AccountSide):
    """An account and its balances: what was credited less what was debited."""

    currency = serializers.CharField()
    posted = AmountOf("posted_minor", help_text="Of transfers that are final.")
    pending = AmountOf("pending_minor", help_text="Of holds that may still be voided.")


class TransferOut(serializers.Serializer[Any]):
    """One positive amount from the debit account to the credit account."""

    transfer_id = serializers.IntegerField(source="id")
    key = serializers.CharField(help_text="Its idempotency key: no two transfers share one.")
    kind = serializers.ChoiceField(TransferKind.choices)
    state = serializers.ChoiceField(TransferState.choices)
    amount = AmountOf("amount_minor")
    debit = AccountSide()
    credit = AccountSide()
    dispute_id = serializers.CharField(source="subject")
    create_time = serializers.DateTimeField(source="created_at")
    settle_time = serializers.DateTimeField(
        source="settled_at", allow_null=True, help_text="When it was posted or voided."
    )


class AccountFilters(StrictSerializer):
    """What the list of accounts is narrowed by."""

    kind = serializers.ChoiceField(AccountKind.choices, required=False)
    owner = Text(required=False, max_length=100, help_text="A buyer's or seller's external id.")
    currency = Text(required=False, max_length=3, help_text="ISO 4217.")


class TransferFilters(StrictSerializer):
    """What the list of transfers is narrowed by; times from `_after` on, up to `_before`."""

    dispute_id = Text(required=False, max_length=64)
    account_id = serializers.IntegerField(required=False, min_value=1, max_value=MAX_ID)
    kind = serializers.ChoiceField(TransferKind.choices, required=False)
    state = serializers.ChoiceField(TransferState.choices, required=False)
    create_time_after = Moment(required=False)
    create_time_before = Moment(required=False)
