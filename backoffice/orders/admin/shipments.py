"""Shipments, to read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.records import RecordAdmin
from backoffice.orders.admin.inlines import ScansShown
from backoffice.orders.models import Shipment


class ShipmentAdmin(RecordAdmin[Shipment]):
    """Every parcel, the latest fed first, with its scans."""

    list_display = (
        "external_id",
        "order_ref",
        "carrier",
        "tracking_number",
        "number_hint",
        "handed_over_at",
        "delivered_at",
    )
    list_filter = ("direction", "number_hint")
    search_fields = ("external_id__exact", "order_ref__exact", "tracking_number__exact")
    search_help_text = _("A shipment's or an order's id, or a tracking number, in full.")
    inlines = (ScansShown,)
    fields = (
        "external_id",
        "order",
        "order_ref",
        "direction",
        "carrier",
        "tracking_number",
        "number_hint",
        "handed_over_at",
        "delivered_at",
        "cancelled_at",
        "signed_by",
    )
