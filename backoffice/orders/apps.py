"""The marketplace's facts: sellers, buyers, orders, shipments, tracking scans."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "backoffice.orders"
    label = "orders"
