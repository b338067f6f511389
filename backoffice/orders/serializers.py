"""Shapes of the API's bodies: batches as they come in, answers and orders as they go out."""

from __future__ import annotations

from typing import Annotated, Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import extend_schema_field
from pydantic import Field
from rest_framework import serializers

from backoffice.common.api.fields import Amount
from backoffice.common.money import Money
from backoffice.orders.flags import SENTENCES
from backoffice.orders.models import Order, OrderLine, Shipment, TrackingEvent
from backoffice.orders.service.feed import MAX_ITEMS
from backoffice.orders.service.feed.answers import Result
from backoffice.orders.service.feed.items import Item, OrderItem, ScanItem, ShipmentItem


class OrderBatch(Item):
    """Orders to feed. Each is taken or refused on its own."""

    items: Annotated[list[OrderItem], Field(max_length=MAX_ITEMS)]


class ShipmentBatch(Item):
    """Shipments to feed. Each is taken or refused on its own."""

    items: Annotated[list[ShipmentItem], Field(max_length=MAX_ITEMS)]


class ScanBatch(Item):
    """Tracking events to feed. Each is taken or refused on its own."""

    items: Annotated[list[ScanItem], Field(max_length=MAX_ITEMS)]


class FedItemExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """How OpenAPI describes what is fed: by the models that validate it, as they take it in.

    drf-spectacular's own extension describes models as they go out, where no field is optional.
    """

    target_class = Item
    match_subclasses = True
    priority = 1

    def get_name(self, auto_schema: AutoSchema, direction: Any) -> str:
        """The component's name."""
        return str(self.target.__name__)

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        """The schema; the models it is made of become components of their own."""
        schema: dict[str, Any] = self.target.model_json_schema(
            ref_template="#/components/schemas/{model}", mode="validation"
        )
        for name, part in schema.pop("$defs", {}).items():
            component = ResolvedComponent(name, "schemas", part, name)  # type: ignore[no-untyped-call]
            auto_schema.registry.register_on_missing(component)
        return schema


class ItemErrorOut(serializers.Serializer[Any]):
    """What is wrong with one field of an item."""

    field = serializers.CharField(help_text="Its path in the item; empty: the whole item.")
    issue = serializers.CharField(help_text="A stable code (docs/feed.md).")
    detail = serializers.CharField(help_text="What is wrong and how to mend it.")


class AnswerOut(serializers.Serializer[Any]):
    """What became of one item."""

    external_id = serializers.CharField(allow_null=True)
    result = serializers.ChoiceField([str(result) for result in Result])
    flags = serializers.ListField(child=serializers.ChoiceField(sorted(SENTENCES)))
    errors = ItemErrorOut(many=True)  # type: ignore[assignment]


class FeedAnswerOut(serializers.Serializer[Any]):
    """An answer for each item, in the order in which they were sent."""

    items = AnswerOut(many=True)


class OrderLineOut(serializers.ModelSerializer[OrderLine]):
    """A line with its listing as it was sold."""

    price = serializers.SerializerMethodField()
    freight = serializers.SerializerMethodField()

    class Meta:
        model = OrderLine
        fields = [
            "external_id",
            "sku",
            "title",
            "category",
            "description",
            "photo_url",
            "quantity",
            "price",
            "freight",
        ]

    @extend_schema_field(Amount)
    def get_price(self, line: OrderLine) -> dict[str, str]:
        """The whole line's, quantity included."""
        return Money(line.price_minor, line.order.currency).to_json()

    @extend_schema_field(Amount)
    def get_freight(self, line: OrderLine) -> dict[str, str]:
        """Its shipping."""
        return Money(line.freight_minor, line.order.currency).to_json()


class ScanOut(serializers.ModelSerializer[TrackingEvent]):
    """A carrier's scan."""

    class Meta:
        model = TrackingEvent
        fields = [
            "external_id",
            "status",
            "ambiguous",
            "carrier_code",
            "description",
            "location",
            "happened_at",
        ]


class ShipmentOut(serializers.ModelSerializer[Shipment]):
    """A parcel, the earliest that is known of it, and its scans."""

    events = ScanOut(many=True)

    class Meta:
        model = Shipment
        fields = [
            "external_id",
            "direction",
            "carrier",
            "tracking_number",
            "number_hint",
            "handed_over_at",
            "delivered_at",
            "cancelled_at",
            "signed_by",
            "events",
        ]


class OrderOut(serializers.ModelSerializer[Order]):
    """An order: what was told, and what follows from it."""

    seller = serializers.CharField(source="seller.external_id")
    buyer = serializers.CharField(source="buyer.external_id")
    items = serializers.SerializerMethodField()
    freight = serializers.SerializerMethodField()
    refunded = serializers.SerializerMethodField()
    flags = serializers.ListField(child=serializers.CharField())
    lines = OrderLineOut(many=True)
    shipments = ShipmentOut(many=True)

    class Meta:
        model = Order
        fields = [
            "external_id",
            "purchase_ref",
            "seller",
            "buyer",
            "status",
            "said_delivered",
            "items",
            "freight",
            "refunded",
            "destination",
            "zone",
            "purchased_at",
            "ship_by",
            "promised_on",
            "rulebook_number",
            "max_days",
            "deliver_by",
            "signature_wanted",
            "handed_over_at",
            "delivered_at",
            "claimable_at",
            "flags",
            "lines",
            "shipments",
        ]

    @extend_schema_field(Amount)
    def get_items(self, order: Order) -> dict[str, str]:
        """The sum of the lines' prices."""
        return Money(order.items_minor, order.currency).to_json()

    @extend_schema_field(Amount)
    def get_freight(self, order: Order) -> dict[str, str]:
        """The sum of the lines' freight."""
        return Money(order.freight_minor, order.currency).to_json()

    @extend_schema_field(Amount)
    def get_refunded(self, order: Order) -> dict[str, str]:
        """What the marketplace refunded on its own."""
        return Money(order.refunded_minor, order.currency).to_json()
