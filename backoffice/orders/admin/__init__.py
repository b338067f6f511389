"""The marketplace's facts, to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.common.admin.navigation import register_link
from backoffice.orders.admin.orders import OrderAdmin
from backoffice.orders.admin.parties import BuyerAdmin, SellerAdmin
from backoffice.orders.admin.shipments import ShipmentAdmin
from backoffice.orders.models import Buyer, Order, Seller, Shipment

admin.site.register(Order, OrderAdmin)
admin.site.register(Shipment, ShipmentAdmin)
admin.site.register(Seller, SellerAdmin)
admin.site.register(Buyer, BuyerAdmin)
register_link(
    _("Orders"), "admin:orders_order_changelist", "orders.view_order", order=20, keys="g o"
)
