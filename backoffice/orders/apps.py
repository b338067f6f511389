"""The marketplace's facts: sellers, buyers, orders, shipments, tracking scans."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "backoffice.orders"
    label = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from backoffice.orders.tracking_numbers.own import known_patterns

        known_patterns()  # a wrong file is told now, not by a shipment that comes
