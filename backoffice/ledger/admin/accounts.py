"""Accounts and what stands in them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.records import RecordAdmin
from backoffice.common.money import Money
from backoffice.common.templatetags.amounts import money
from backoffice.ledger.models import Account
from backoffice.ledger.queries import accounts


class AccountAdmin(RecordAdmin[Account]):
    """Buyers', sellers' and our own accounts. Balances are sums of transfers, worked out here."""

    list_display = ("__str__", "posted", "on_hold", "transfers")
    list_filter = ("kind",)
    search_fields = ("owner_ref__exact",)
    search_help_text = _("A buyer's or seller's id, in full.")
    fields = ("kind", "owner_ref", "currency", "posted", "on_hold", "transfers")
    readonly_fields = ("posted", "on_hold", "transfers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        """Each account with its balances."""
        return accounts()

    @admin.display(description=_("posted"))
    def posted(self, account: Any) -> str:
        """Credited less debited."""
        return money(Money(account.posted_minor, account.currency))

    @admin.display(description=_("on hold"))
    def on_hold(self, account: Any) -> str:
        """What pending transfers would credit (or, below zero, debit)."""
        return money(Money(account.pending_minor, account.currency))

    @admin.display(description=_("transfers"))
    def transfers(self, account: Account) -> SafeString:
        """The way to the account's transfers."""
        url = reverse("admin:ledger_transfer_changelist")
        return format_html('<a href="{}?account={}">{}</a>', url, account.pk, _("transfers"))
