"""The feed, and an order as it is known."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient
from backoffice.common.api.parsers import BatchJSONParser
from backoffice.common.api.views import ApiView
from backoffice.common.errors import Forbidden, Invalid
from backoffice.orders.api import examples
from backoffice.orders.queries.orders import order_with_everything
from backoffice.orders.serializers import (
    FeedAnswerOut,
    OrderBatch,
    OrderOut,
    ScanBatch,
    ShipmentBatch,
)
from backoffice.orders.service.feed import (
    Answer,
    feed_orders,
    feed_shipments,
    feed_tracking_events,
)


class FeedView(ApiView):
    """What the three feeds share."""

    scopes = {"POST": Scope.FEED_WRITE}
    parser_classes = (BatchJSONParser,)


class OrdersView(FeedView):
    """`POST orders`."""

    @extend_schema(
        tags=["feed"],
        operation_id="feed_orders",
        summary="Feed orders",
        request=OrderBatch,
        responses=FeedAnswerOut,
        examples=examples.batch_of(examples.ORDER),
    )
    def post(self, request: Request) -> Response:
        """Feed up to 1,000 orders. Each item is the order's whole present state (docs/feed.md)."""
        return _answer(feed_orders(_items(request), timezone.now()))


class ShipmentsView(FeedView):
    """`POST shipments`."""

    @extend_schema(
        tags=["feed"],
        operation_id="feed_shipments",
        summary="Feed shipments",
        request=ShipmentBatch,
        responses=FeedAnswerOut,
        examples=examples.batch_of(examples.SHIPMENT),
    )
    def post(self, request: Request) -> Response:
        """Feed up to 1,000 shipments. One that comes before its order is kept and joined later."""
        return _answer(feed_shipments(_items(request), timezone.now()))


class TrackingEventsView(FeedView):
    """`POST tracking-events`."""

    @extend_schema(
        tags=["feed"],
        operation_id="feed_tracking_events",
        summary="Feed tracking events",
        request=ScanBatch,
        responses=FeedAnswerOut,
        examples=examples.batch_of(examples.SCAN),
    )
    def post(self, request: Request) -> Response:
        """Feed up to 1,000 scans. One that comes before its shipment is kept and joined later."""
        return _answer(feed_tracking_events(_items(request), timezone.now()))


class OrderView(ApiView):
    """`GET orders/{external_id}`."""

    scopes = {"GET": Scope.DISPUTES_READ}

    @extend_schema(
        tags=["feed"], operation_id="read_order", summary="Read an order", responses=OrderOut
    )
    def get(self, request: Request, external_id: str) -> Response:
        """An order with its lines, shipments and scans, and what follows from them."""
        client = request.auth
        seller = client.seller_ref if isinstance(client, ApiClient) else ""
        return Response(OrderOut(order_with_everything(external_id, seller)).data)


def _items(request: Request) -> list[Any]:
    """The batch's items, each yet to be validated. Raises Invalid, or Forbidden for a seller."""
    if isinstance(request.auth, ApiClient) and request.auth.seller_ref:
        raise Forbidden("A seller's client feeds nothing: facts are the marketplace's.")
    body = request.data if isinstance(request.data, dict) else {}
    if body.keys() == {"items"} and isinstance(body["items"], list):
        return list(body["items"])
    unknown = next((key for key in body if key != "items"), "items")
    raise Invalid('Write {"items": [...]} and nothing else.', field=unknown)


def _answer(answers: list[Answer]) -> Response:
    return Response({"items": [answer.to_json() for answer in answers]})
