"""Sellers and buyers, to read."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.records import RecordAdmin
from backoffice.orders.models import Buyer, Seller


class SellerAdmin(RecordAdmin[Seller]):
    """Every seller, the latest known first."""

    list_display = ("external_id", "name", "country", "standing")
    list_filter = ("standing",)
    search_fields = ("external_id__exact",)
    search_help_text = _("A seller's id, in full.")
    fields = ("external_id", "name", "country", "standing", "orders")
    readonly_fields = ("orders",)

    @admin.display(description=_("orders"))
    def orders(self, seller: Seller) -> SafeString:
        """The way to the seller's orders."""
        url = reverse("admin:orders_order_changelist")
        return format_html('<a href="{}?seller={}">{}</a>', url, seller.pk, _("orders"))


class BuyerAdmin(RecordAdmin[Buyer]):
    """Every buyer, the latest known first."""

    list_display = ("external_id", "name", "country")
    search_fields = ("external_id__exact",)
    search_help_text = _("A buyer's id, in full.")
    fields = ("external_id", "name", "country")
