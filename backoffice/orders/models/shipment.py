"""Parcels and what carriers say of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.orders.enums import Direction, NumberHint, TrackingStatus
from backoffice.orders.models.order import Order


class Shipment(models.Model):
    """A parcel of an order. It may arrive before its order: then `order` is null and joined later.

    `said_handed_over_at` and `said_delivered_at` are the marketplace's word; `handed_over_at` and
    `delivered_at` are the earliest of that and of what the scans say. `cancelled_at` is the first
    scan that cancels the parcel; it then counts for nothing if it was never handed over.
    A RETURN goes back from the buyer to the seller: it says nothing of the order's own delivery.
    `number_hint` tells whether the tracking number's form is a known courier's; a hint only.
    """

    external_id = models.CharField(_("parcel number"), max_length=100)
    order_ref = models.CharField(_("order number"), max_length=100)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, related_name="shipments", verbose_name=_("order")
    )
    direction = models.CharField(
        _("direction"),
        max_length=10,
        choices=Direction,
        default=Direction.OUTBOUND,
        db_default=Direction.OUTBOUND.value,
    )
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    number_hint = models.CharField(
        _("check of the number"), max_length=20, choices=NumberHint, blank=True
    )
    said_handed_over_at = models.DateTimeField(null=True, blank=True)
    said_delivered_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=200, blank=True)
    fed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        constraints = [
            models.UniqueConstraint(fields=["external_id"], name="one_shipment_per_number"),
            models.CheckConstraint(
                condition=Q(number_hint__in=NumberHint.values), name="a_number_has_a_known_hint"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="a_parcel_has_a_known_direction"
            ),
        ]
        indexes = [
            models.Index(fields=["order_ref"], name="shipments_of_an_order_told"),
            models.Index(fields=["tracking_number"], name="shipments_by_number"),
        ]

    def __str__(self) -> str:
        return self.tracking_number or self.external_id


class TrackingEvent(models.Model):
    """One carrier scan of a shipment: normalised `status` and the carrier's own `carrier_code`.

    Appended; what it says never changes, except that `shipment` is joined when the shipment arrives
    after the scan, and only then is it known whose code it is. `ambiguous` scans (a code that means
    two things) never count as delivered in silence: the status says UNKNOWN and staff see the
    code. Many rows: laid out for partitioning by `happened_at`.
    """

    external_id = models.CharField(max_length=100)
    shipment_ref = models.CharField(max_length=100)
    shipment = models.ForeignKey(Shipment, models.PROTECT, null=True, related_name="events")
    status = models.CharField(_("status"), max_length=20, choices=TrackingStatus)
    ambiguous = models.BooleanField(_("ambiguous"), default=False)
    carrier_code = models.CharField(_("the carrier's code"), max_length=60, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    location = models.CharField(_("place"), max_length=200, blank=True)
    happened_at = models.DateTimeField(_("when"))
    fed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        constraints = [
            # Not `unique=True`: on PostgreSQL that makes a second index, for LIKE.
            models.UniqueConstraint(fields=["external_id"], name="one_scan_per_number"),
            models.CheckConstraint(
                condition=Q(status__in=TrackingStatus.values), name="a_scan_has_a_known_status"
            ),
            models.CheckConstraint(
                condition=Q(ambiguous=False) | ~Q(status=TrackingStatus.DELIVERED),
                name="an_ambiguous_scan_never_counts_as_delivered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["shipment_ref"],
                condition=Q(shipment__isnull=True),
                name="scans_without_a_shipment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_ref} {self.get_status_display()}"
