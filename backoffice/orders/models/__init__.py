"""What the marketplace told us, as it told it."""

from backoffice.orders.models.change import Follower, OrderChange
from backoffice.orders.models.order import Order, OrderLine
from backoffice.orders.models.party import Buyer, Seller
from backoffice.orders.models.remedy import Remedy
from backoffice.orders.models.shipment import Shipment, TrackingEvent

__all__ = [
    "Buyer",
    "Follower",
    "Order",
    "OrderChange",
    "OrderLine",
    "Remedy",
    "Seller",
    "Shipment",
    "TrackingEvent",
]
