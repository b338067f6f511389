"""A shop of its own ways, whose CSV files are imported."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from backoffice.orders.service.imports import Report, import_files, read_mapping

NOW = datetime(2018, 10, 18, 12, tzinfo=UTC)
SHOP = """
name = "Shop"
files = { orders = "orders.csv", scans = "scans.csv" }
[format]
delimiter = ";"
datetime = "%d.%m.%Y %H:%M"
date = "%d.%m.%Y"
zone = "Europe/Berlin"
decimal_point = ","
[orders]
rows = "orders"
currency = "{orders.currency}"
[orders.columns]
external_id = "SHOP-{orders.no}"
purchase_ref = "{orders.no}"
seller.external_id = "shop"
buyer.external_id = "{orders.customer}"
status = "{orders.state}"
purchased_at = "{orders.placed}"
promised_on = "{orders.promised}"
zone = "Europe/Berlin"
[orders.values]
status = { ok = "ACTIVE", gone = "CANCELLED" }
[orders.lines]
external_id = "1"
quantity = "{orders.pieces}"
price = "{orders.price}"
[tracking_events]
rows = "scans"
[tracking_events.columns]
shipment = "{scans.parcel}"
status = "{scans.what}"
happened_at = "{scans.at}"
[tracking_events.values]
status = { Zugestellt = "delivered", "*" = "in_transit" }
"""
HEAD = "no;customer;state;placed;promised;pieces;price;currency\r\n"
SCANS = "parcel;what;at\r\nX1;Zugestellt;02.03.2026 10:00\r\n"


def write(shop: Path, *rows: str, head: str = HEAD) -> None:
    (shop / "orders.csv").write_bytes("".join([head, *rows]).encode("utf-8-sig"))


def run(mapping: Path, folder: Path) -> Report:
    report = Report()
    import_files(read_mapping(mapping), folder, NOW, report, lambda stage, done, total: None)
    return report
