"""What belongs to a record, shown on its page and never edited there."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import TabularInline, display
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.common.money import Money
from backoffice.common.templatetags.amounts import money
from backoffice.orders.models import OrderLine, Shipment, TrackingEvent


class Shown(TabularInline[Any, Any]):
    """Rows to read, by whoever may read orders."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """They are part of the order."""
        return request.user.has_perm("orders.view_order")


class LinesShown(Shown):
    """An order's lines, as they were sold."""

    model = OrderLine
    fields = readonly_fields = (
        "external_id",
        "title",
        "category",
        "quantity",
        "price",
        "freight",
    )

    @display(description=_("price"))
    def price(self, line: OrderLine) -> str:
        """The whole line's."""
        return money(Money(line.price_minor, line.order.currency))

    @display(description=_("freight"))
    def freight(self, line: OrderLine) -> str:
        """Its shipping."""
        return money(Money(line.freight_minor, line.order.currency))


class ShipmentsShown(Shown):
    """An order's parcels; each leads to its scans."""

    model = Shipment
    fk_name = "order"
    show_change_link = True
    fields = readonly_fields = (
        "external_id",
        "direction",
        "carrier",
        "tracking_number",
        "number_hint",
        "handed_over_at",
        "delivered_at",
        "signed_by",
    )


class ScansShown(Shown):
    """A parcel's scans, in the order in which they happened."""

    model = TrackingEvent
    ordering = ("happened_at", "id")
    fields = readonly_fields = (
        "happened_at",
        "status",
        "ambiguous",
        "carrier_code",
        "description",
        "location",
    )
