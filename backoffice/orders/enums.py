"""The words of orders and tracking."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    """What the marketplace says of an order."""

    ACTIVE = "ACTIVE", _("Active")
    CANCELLED = "CANCELLED", _("Cancelled")
    UNAVAILABLE = "UNAVAILABLE", _("Unavailable")


class TrackingStatus(models.TextChoices):
    """Carriers' scans, normalised (FIELD.md section 3)."""

    PENDING = "pending", _("Pending")
    PICKED_UP = "picked_up", _("Picked up")
    IN_TRANSIT = "in_transit", _("In transit")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    READY_FOR_PICKUP = "ready_for_pickup", _("Ready for pickup")
    DELIVERED = "delivered", _("Delivered")
    DELIVERY_FAILED = "delivery_failed", _("Delivery failed")
    DELIVERY_DELAYED = "delivery_delayed", _("Delivery delayed")
    ON_HOLD = "on_hold", _("On hold")
    RETURN_TO_SENDER = "return_to_sender", _("Return to sender")
    LOST = "lost", _("Lost")
    DAMAGED = "damaged", _("Damaged")
    CANCELLED = "cancelled", _("Cancelled")
    UNKNOWN = "unknown", _("Unknown")


class Direction(models.TextChoices):
    """Which way a parcel goes."""

    OUTBOUND = "OUTBOUND", _("To the buyer")
    RETURN = "RETURN", _("Back to the seller")


class NumberHint(models.TextChoices):
    """What a tracking number's form tells; a hint, never a refusal."""

    VALID = "valid", _("Valid")
    UNKNOWN_FORMAT = "unknown format", _("Unknown format")
    CHECKSUM_WRONG = "checksum wrong", _("Checksum wrong")
    NONE = "", _("No number")


class Standing(models.TextChoices):
    """A seller's standing with the marketplace."""

    GOOD = "GOOD", _("Good")
    WARNED = "WARNED", _("Warned")
    SUSPENDED = "SUSPENDED", _("Suspended")
    CLOSED = "CLOSED", _("Closed")


class RemedyKind(models.TextChoices):
    """What may stand open on an order line: a dispute or an insurance claim."""

    DISPUTE = "DISPUTE", _("Dispute")
    INSURANCE = "INSURANCE", _("Insurance claim")


class ChangeKind(models.TextChoices):
    """What became known about an order that floors above may care for."""

    SHIPPED = "SHIPPED", _("Shipped")
    DELIVERED = "DELIVERED", _("Delivered")
    TRACKING = "TRACKING", _("Lost, damaged or returned")
    CANCELLED = "CANCELLED", _("Cancelled")
    REFUNDED = "REFUNDED", _("Refunded by the marketplace")
    RETURN = "RETURN", _("A return was sent or delivered")
    PARCEL = "PARCEL", _("Another parcel was handed over or delivered")
