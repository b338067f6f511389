"""Transfers: every movement of money there has been."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.records import RecordAdmin
from backoffice.common.money import Money
from backoffice.common.templatetags.amounts import money
from backoffice.ledger.enums import TransferKind
from backoffice.ledger.models import Transfer

# A kind in a word: its whole meaning is too long for a column.
KINDS = {
    TransferKind.HOLD: _("Hold"),
    TransferKind.REFUND: _("Refund"),
    TransferKind.FURTHER: _("Further refund"),
    TransferKind.REIMBURSE: _("Seller reimbursed"),
    TransferKind.RECOVERY: _("Seller charged"),
    TransferKind.CLAWBACK: _("Refund taken back"),
}


class OfAccount(admin.SimpleListFilter):
    """Transfers of one account; the list of accounts leads here, it offers no choice itself."""

    title = _("account")
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one that is asked for."""
        value = request.GET.get(self.parameter_name, "")
        return [(value, f"#{value}")] if value else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Transfer]) -> QuerySet[Transfer]:
        """Those that debit or credit the account."""
        value = self.value()
        if not value:
            return queryset
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            raise IncorrectLookupParameters
        return queryset.filter(Q(debit_id=value) | Q(credit_id=value))


class TransferAdmin(RecordAdmin[Transfer]):
    """Every transfer, the latest first; searched by case or key."""

    list_display = ("key", "what", "state", "amount", "debit", "credit", "created_at")
    list_filter = (OfAccount, "state", "kind")
    list_select_related = ("debit", "credit")
    search_fields = ("subject__exact", "key__exact")
    search_help_text = _("A case's id, or a transfer's key, in full.")
    readonly_fields = ("amount",)
    fields = (
        "key",
        "kind",
        "state",
        "amount",
        "debit",
        "credit",
        "subject",
        "created_at",
        "settled_at",
    )

    @admin.display(description=_("kind"))
    def what(self, transfer: Transfer) -> str:
        """Its kind."""
        return str(KINDS[TransferKind(transfer.kind)])

    @admin.display(description=_("amount"))
    def amount(self, transfer: Transfer) -> str:
        """How much moves from debit to credit."""
        return money(Money(transfer.amount_minor, transfer.currency))
