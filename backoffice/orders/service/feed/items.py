"""The shapes of what is fed. The longest texts are the columns' lengths."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backoffice.common.money import Money
from backoffice.orders.enums import Direction, OrderStatus, TrackingStatus
from backoffice.orders.service.feed.types import (
    Amount,
    Country,
    Day,
    Moment,
    Ref,
    Url,
    Zone,
    text,
)

MAX_LINES = 200


class Item(BaseModel):
    """What all fed things share: strict types, and no field we do not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, regex_engine="rust-regex")


class PartyItem(Item):
    """A seller or buyer. An empty name or country leaves what was told before."""

    external_id: Ref
    name: text(200) = ""  # type: ignore[valid-type]
    country: Country = ""


class LineItem(Item):
    """A line with its listing as it was sold; `price` is the whole line's, quantity included."""

    external_id: Ref
    sku: text(100) = ""  # type: ignore[valid-type]
    title: text(300) = ""  # type: ignore[valid-type]
    category: text(100) = ""  # type: ignore[valid-type]
    description: text(20_000) = ""  # type: ignore[valid-type]
    photo_url: Url = ""
    quantity: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    price: Amount
    freight: Amount | None = None


class OrderItem(Item):
    """One seller's part of a purchase."""

    external_id: Ref
    purchase_ref: Ref
    seller: PartyItem
    buyer: PartyItem
    status: OrderStatus = Field(OrderStatus.ACTIVE, strict=False)
    said_delivered: bool = False
    lines: Annotated[list[LineItem], Field(min_length=1, max_length=MAX_LINES)]
    refunded: Amount | None = None
    purchased_at: Moment
    ship_by: Moment | None = None
    promised_on: Day | None = None
    destination: Country = ""
    zone: Zone = "UTC"

    def amounts(self) -> list[tuple[str, Money]]:
        """Every amount of the order with its path."""
        found: list[tuple[str, Money | None]] = [("refunded", self.refunded)]
        for i, line in enumerate(self.lines):
            found += [(f"lines[{i}].price", line.price), (f"lines[{i}].freight", line.freight)]
        return [(path, money) for path, money in found if money is not None]


class ShipmentItem(Item):
    """A parcel of an order, which may be fed later. A RETURN goes back to the seller."""

    external_id: Ref
    order: Ref
    direction: Direction = Field(Direction.OUTBOUND, strict=False)
    carrier: text(60) = ""  # type: ignore[valid-type]
    tracking_number: text(60) = ""  # type: ignore[valid-type]
    handed_over_at: Moment | None = None
    delivered_at: Moment | None = None
    signed_by: text(200) = ""  # type: ignore[valid-type]


class ScanItem(Item):
    """A carrier's scan of a shipment, which may be fed later.

    Without `external_id` the scan is named by its shipment, status, code and time.
    """

    external_id: Ref | None = None
    shipment: Ref
    status: TrackingStatus = Field(strict=False)
    carrier_code: text(60) = ""  # type: ignore[valid-type]
    description: text(300) = ""  # type: ignore[valid-type]
    location: text(200) = ""  # type: ignore[valid-type]
    happened_at: Moment

    def ref(self) -> str:
        """The scan's id, given or derived."""
        if self.external_id is not None:
            return self.external_id
        at = self.happened_at.astimezone(UTC).isoformat()
        parts = (self.shipment, self.status, self.carrier_code, at)
        return "scan-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]
