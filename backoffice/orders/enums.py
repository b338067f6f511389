"""The words of orders and tracking."""

from django.db import models


class OrderStatus(models.TextChoices):
    """What the marketplace says of an order."""

    ACTIVE = "ACTIVE", "Active"
    CANCELLED = "CANCELLED", "Cancelled"
    UNAVAILABLE = "UNAVAILABLE", "Unavailable"


class TrackingStatus(models.TextChoices):
    """Carriers' scans, normalised (FIELD.md section 3)."""

    PENDING = "pending", "Pending"
    PICKED_UP = "picked_up", "Picked up"
    IN_TRANSIT = "in_transit", "In transit"
    OUT_FOR_DELIVERY = "out_for_delivery", "Out for delivery"
    READY_FOR_PICKUP = "ready_for_pickup", "Ready for pickup"
    DELIVERED = "delivered", "Delivered"
    DELIVERY_FAILED = "delivery_failed", "Delivery failed"
    DELIVERY_DELAYED = "delivery_delayed", "Delivery delayed"
    ON_HOLD = "on_hold", "On hold"
    RETURN_TO_SENDER = "return_to_sender", "Return to sender"
    LOST = "lost", "Lost"
    DAMAGED = "damaged", "Damaged"
    CANCELLED = "cancelled", "Cancelled"
    UNKNOWN = "unknown", "Unknown"


class NumberHint(models.TextChoices):
    """What a tracking number's form tells; a hint, never a refusal."""

    VALID = "valid", "Valid"
    UNKNOWN_FORMAT = "unknown format", "Unknown format"
    CHECKSUM_WRONG = "checksum wrong", "Checksum wrong"
    NONE = "", "No number"


class Standing(models.TextChoices):
    """A seller's standing with the marketplace."""

    GOOD = "GOOD", "Good"
    WARNED = "WARNED", "Warned"
    SUSPENDED = "SUSPENDED", "Suspended"
    CLOSED = "CLOSED", "Closed"


class RemedyKind(models.TextChoices):
    """What may stand open on an order line: a dispute or an insurance claim."""

    DISPUTE = "DISPUTE", "Dispute"
    INSURANCE = "INSURANCE", "Insurance claim"


class ChangeKind(models.TextChoices):
    """What became known about an order that floors above may care for."""

    SHIPPED = "SHIPPED", "Shipped"
    DELIVERED = "DELIVERED", "Delivered"
    TRACKING = "TRACKING", "Lost, damaged or returned"
    CANCELLED = "CANCELLED", "Cancelled"
    REFUNDED = "REFUNDED", "Refunded by the marketplace"
