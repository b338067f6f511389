"""Examples for the OpenAPI document; a test feeds each."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

ORDER: dict[str, Any] = {
    "external_id": "A-1001-1",
    "purchase_ref": "A-1001",
    "seller": {"external_id": "S-7", "name": "Lamps & More", "country": "CN"},
    "buyer": {"external_id": "B-42", "name": "Ana", "country": "BR"},
    "status": "ACTIVE",
    "lines": [
        {
            "external_id": "1",
            "sku": "LAMP-3",
            "title": "Desk lamp, brass",
            "category": "lighting",
            "photo_url": "https://shop.example/lamp-3.jpg",
            "quantity": 2,
            "price": {"currency_code": "USD", "value": "59.80"},
            "freight": {"currency_code": "USD", "value": "4.50"},
        }
    ],
    "purchased_at": "2026-03-01T09:30:00-03:00",
    "ship_by": "2026-03-04T23:59:59-03:00",
    "promised_on": "2026-04-10",
    "destination": "BR",
    "zone": "America/Sao_Paulo",
}
SHIPMENT: dict[str, Any] = {
    "external_id": "P-555",
    "order": "A-1001-1",
    "carrier": "usps",
    "tracking_number": "RB123456785US",
    "handed_over_at": "2026-03-03T16:20:00-03:00",
}
SCAN: dict[str, Any] = {
    "shipment": "P-555",
    "status": "delivered",
    "carrier_code": "01",
    "description": "Delivered, front door",
    "location": "Sao Paulo",
    "happened_at": "2026-03-21T14:05:00-03:00",
}


def batch_of(item: dict[str, Any]) -> list[OpenApiExample]:
    """A batch of one `item`."""
    return [OpenApiExample("One item", {"items": [item]}, request_only=True)]
