"""Orders, to read."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.records import RecordAdmin
from backoffice.common.money import Money
from backoffice.common.templatetags.amounts import money
from backoffice.orders.admin.inlines import LinesShown, ShipmentsShown
from backoffice.orders.admin.watch import may_put_back, put_back
from backoffice.orders.flags import ORDER_FLAGS
from backoffice.orders.models import Order
from backoffice.orders.queries.orders import scans_of


class SetAside(admin.SimpleListFilter):
    """Orders that the delivery watch could not handle."""

    title = _("delivery watch")
    parameter_name = "watch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice beside all."""
        return [("aside", _("set aside"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        """Those with an error."""
        return queryset.exclude(watch_error="") if self.value() else queryset


class OrderAdmin(RecordAdmin[Order]):
    """Every order, the latest first, with its lines, parcels and scans."""

    keyset = ("-purchased_at", "-id")
    list_display = (
        "external_id",
        "seller",
        "total",
        "status",
        "purchased_at",
        "handed_over_at",
        "delivered_at",
        "deliver_by",
    )
    list_filter = ("status", SetAside)
    list_select_related = ("seller",)
    search_fields = (
        "external_id__exact",
        "purchase_ref__exact",
        "shipments__tracking_number__exact",
    )
    search_help_text = _("An order's or a purchase's id, or a tracking number, in full.")
    inlines = (LinesShown, ShipmentsShown)
    change_form_template = "admin/orders/order.html"
    readonly_fields = ("items", "freight", "refunded", "promise", "what_looks_wrong", "scans")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "external_id",
                    "purchase_ref",
                    "seller",
                    "buyer",
                    "status",
                    "what_looks_wrong",
                    "watch_error",
                )
            },
        ),
        (_("Amounts"), {"fields": ("items", "freight", "refunded")}),
        (
            _("Delivery"),
            {
                "fields": (
                    "destination",
                    "purchased_at",
                    "ship_by",
                    "promised_on",
                    "promise",
                    "handed_over_at",
                    "delivered_at",
                    "claimable_at",
                )
            },
        ),
        (_("Scans"), {"fields": ("scans",)}),
    )

    def get_urls(self) -> list[URLPattern]:
        """With the page that puts an order back to the watch."""
        view = self.admin_site.admin_view(partial(put_back, self))
        return [path("<int:pk>/put-back/", view, name="orders_order_put_back"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the button that puts the order back, for who may press it."""
        context["may_put_back"] = may_put_back(request, context.get("original"))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("total"))
    def total(self, order: Order) -> str:
        """Items and freight."""
        return money(Money(order.items_minor + order.freight_minor, order.currency))

    @admin.display(description=_("items"))
    def items(self, order: Order) -> str:
        """The lines' prices."""
        return money(Money(order.items_minor, order.currency))

    @admin.display(description=_("freight"))
    def freight(self, order: Order) -> str:
        """The lines' shipping."""
        return money(Money(order.freight_minor, order.currency))

    @admin.display(description=_("refunded by the marketplace"))
    def refunded(self, order: Order) -> str:
        """On its own."""
        return money(Money(order.refunded_minor, order.currency))

    @admin.display(description=_("guaranteed until"))
    def promise(self, order: Order) -> SafeString:
        """The guarantee and where it comes from."""
        return SafeString(render_to_string("admin/orders/promise.html", {"order": order}))

    @admin.display(description=_("what looks wrong"))
    def what_looks_wrong(self, order: Order) -> str:
        """The flags, in sentences."""
        return " ".join(ORDER_FLAGS[name] for name in order.flags) or "–"

    @admin.display(description=_("scans of all parcels"))
    def scans(self, order: Order) -> SafeString:
        """What carriers say, in the order in which it happened."""
        return SafeString(
            render_to_string("admin/orders/scans.html", {"scans": scans_of(order.pk)})
        )
