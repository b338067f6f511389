"""Orders as they were placed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.orders.enums import OrderStatus
from backoffice.orders.models.party import Buyer, Seller


class Order(models.Model):
    """One seller's part of a purchase: a consignment. `purchase_ref` groups a purchase's orders.

    `promised_on` is the day the marketplace promised to the buyer (a delivery on that day is on
    time); `deliver_by` is the guarantee: purchase plus the rulebook's maximum delivery time, under
    the version in force at purchase, which `rulebook_number` pins. `watch_due_at` is when the
    delivery watch looks next; null once delivered, cancelled or told. `claimable_at` is when the
    marketplace was told that the promise passed undelivered. `zone` is where the order's naive
    days are counted. Amounts are minor units of `currency`, sums of the lines. `refunded_minor`
    is what the marketplace says it refunded on its own; it never falls. `refunds_counted_minor` is
    how much of that the remedies above have taken into account, so that none counts twice.
    """

    external_id = models.CharField(_("order number"), max_length=100)
    purchase_ref = models.CharField(_("purchase number"), max_length=100)
    seller = models.ForeignKey(
        Seller, models.PROTECT, related_name="orders", db_index=False, verbose_name=_("seller")
    )
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="orders", verbose_name=_("buyer"))
    status = models.CharField(
        _("status"), max_length=12, choices=OrderStatus, default=OrderStatus.ACTIVE
    )
    currency = models.CharField(_("currency"), max_length=3)
    items_minor = models.BigIntegerField()
    freight_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    refunds_counted_minor = models.BigIntegerField(default=0)
    destination = models.CharField(_("destination"), max_length=2, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    purchased_at = models.DateTimeField(_("bought"))
    ship_by = models.DateTimeField(_("to be handed over by"), null=True, blank=True)
    promised_on = models.DateField(_("promised"), null=True, blank=True)
    said_delivered = models.BooleanField(default=False)
    rulebook_number = models.PositiveIntegerField()
    max_days = models.PositiveSmallIntegerField()
    late_scan_restarts = models.BooleanField(default=False)
    deliver_by = models.DateTimeField(_("guaranteed by"))
    signature_wanted = models.BooleanField(default=False)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    claimable_at = models.DateTimeField(_("claimable since"), null=True, blank=True)
    watch_due_at = models.DateTimeField(null=True, blank=True)
    watch_error = models.TextField(_("the delivery watch's error"), blank=True)
    flags = models.JSONField(default=list)
    fed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        permissions = [("put_back_order", "Can put orders back to the delivery watch")]
        constraints = [
            # Not `unique=True`: on PostgreSQL that makes a second index, for LIKE.
            models.UniqueConstraint(fields=["external_id"], name="one_order_per_number"),
            models.CheckConstraint(
                condition=Q(items_minor__gte=0, freight_minor__gte=0, refunded_minor__gte=0),
                name="an_order_has_no_negative_amount",
            ),
            models.CheckConstraint(
                condition=Q(refunds_counted_minor__gte=0)
                & Q(refunds_counted_minor__lte=F("refunded_minor")),
                name="no_more_refunds_count_than_were_fed",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OrderStatus.values), name="an_order_has_a_known_status"
            ),
            models.CheckConstraint(
                condition=Q(deliver_by__gte=F("purchased_at")),
                name="an_order_is_due_after_its_purchase",
            ),
            models.CheckConstraint(
                condition=Q(watch_due_at=None) | Q(delivered_at=None, status=OrderStatus.ACTIVE),
                name="only_an_undelivered_order_is_watched",
            ),
        ]
        indexes = [
            models.Index(
                fields=["watch_due_at", "id"],
                condition=Q(watch_due_at__isnull=False, watch_error=""),
                name="orders_to_watch",
            ),
            models.Index(fields=["purchase_ref"], name="orders_of_a_purchase"),
            models.Index(fields=["seller", "-purchased_at", "-id"], name="orders_of_a_seller"),
            models.Index(fields=["-purchased_at", "-id"], name="orders_by_purchase"),
        ]

    def __str__(self) -> str:
        return self.external_id


class OrderLine(models.Model):
    """One item of an order with its listing as it was sold: what the buyer was shown.

    `price_minor` is the whole line's price (quantity included) and `freight_minor` its shipping, in
    the order's currency.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    external_id = models.CharField(_("line"), max_length=100)
    sku = models.CharField(_("SKU"), max_length=100, blank=True)
    title = models.CharField(_("item"), max_length=300, blank=True)
    category = models.CharField(_("category"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True)
    photo_url = models.URLField(max_length=500, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    price_minor = models.BigIntegerField()
    freight_minor = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "external_id"], name="one_line_per_number_in_an_order"
            ),
            models.CheckConstraint(
                condition=Q(price_minor__gte=0, freight_minor__gte=0, quantity__gte=1),
                name="a_line_has_no_negative_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.external_id
