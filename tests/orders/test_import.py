"""Importing CSV files: Olist's real orders, and what real files do wrong."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Sum

from backoffice.orders.models import Order, OrderLine, Seller, Shipment, TrackingEvent
from backoffice.orders.service.imports import Report, feeding, import_files, read_mapping

OLIST = Path(__file__).resolve().parents[2] / "docs" / "examples" / "olist.toml"
NOW = datetime(2018, 10, 18, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def run(mapping: Path, folder: Path) -> Report:
    report = Report()
    import_files(read_mapping(mapping), folder, NOW, report, lambda stage, done, total: None)
    return report


@pytest.fixture
def olist(data_dir: Path) -> Report:
    return run(OLIST, data_dir / "olist")


def test_olist_gives_every_number_of_the_data(olist: Report) -> None:
    sums = Order.objects.aggregate(Sum("items_minor"), Sum("freight_minor"))
    assert {
        "orders": Order.objects.count(),
        "lines": OrderLine.objects.count(),
        "purchases": Order.objects.values("purchase_ref").distinct().count(),
        "purchases without items": olist.counts["orders"]["left_out"],
        "sellers": Seller.objects.count(),
        "centavos": sums["items_minor__sum"] + sums["freight_minor__sum"],
        "handed over": Order.objects.exclude(handed_over_at=None).count(),
        "handed over late": Order.objects.filter(handed_over_at__gt=F("ship_by")).count(),
        "delivered": Order.objects.exclude(delivered_at=None).count(),
        "never delivered": Order.objects.filter(delivered_at=None).count(),
    } == {
        "orders": 1_835,
        "lines": 2_083,
        "purchases": 2_003 - 188,
        "purchases without items": 188,
        "sellers": 787,
        "centavos": 30_531_006,
        "handed over": 1_602,
        "handed over late": 166,
        "delivered": 1_311,
        "never delivered": 524,
    }


def test_olist_counts_lateness_by_calendar_day(olist: Report) -> None:
    late = [
        delivered.astimezone(ZoneInfo(zone)).date() > promised
        for delivered, promised, zone in Order.objects.exclude(delivered_at=None).values_list(
            "delivered_at", "promised_on", "zone"
        )
        if delivered and promised
    ]
    assert sum(late) == 87


def test_olist_has_orders_long_overdue(olist: Report) -> None:
    waiting = Order.objects.filter(delivered_at=None, status="ACTIVE")
    as_of = datetime(2018, 10, 18, tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert waiting.filter(purchased_at__lt=as_of - timedelta(days=60)).count() == 413


def test_olist_flags_its_dirt(olist: Report) -> None:
    assert olist.flags == Counter(
        {
            "cancelled_yet_delivered": 1,
            "delivered_before_handover": 3,
            "delivered_without_date": 1,
        }
    )


def test_olist_twice_changes_nothing(olist: Report, data_dir: Path) -> None:
    again = run(OLIST, data_dir / "olist")
    assert {name: counts["unchanged"] for name, counts in again.counts.items()} == {
        "orders": 1_835,
        "shipments": 1_602,
    }
    assert not any(c[result] for c in again.counts.values() for result in ("created", "updated"))


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


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop.toml").write_text(SHOP)
    (tmp_path / "scans.csv").write_text(SCANS)
    return tmp_path


def write(shop: Path, *rows: str, head: str = HEAD) -> None:
    (shop / "orders.csv").write_bytes("".join([head, *rows]).encode("utf-8-sig"))


def test_import_reads_another_shops_ways(shop: Path) -> None:
    write(shop, "7;Jürgen;ok;01.03.2026 00:30;20.03.2026;2;1234,5;EUR\r\n")
    report = run(shop / "shop.toml", shop)
    order = Order.objects.get()
    assert (order.external_id, order.buyer.external_id) == ("SHOP-7", "Jürgen")
    assert (order.items_minor, order.currency) == (123_450, "EUR")
    assert order.purchased_at == datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert order.lines.get().quantity == 2
    assert TrackingEvent.objects.get().status == "delivered"
    assert report.counts["tracking_events"] == Counter(created=1, flagged=1)


@pytest.mark.parametrize(
    ("row", "field", "issue"),
    [
        ("8;b;ok;31.02.2026 00:30;;1;1;EUR", "purchased_at", "unreadable"),
        ("8;b;odd;01.03.2026 00:30;;1;1;EUR", "status", "unreadable"),
        ("8;b;ok;01.03.2026 00:30;;one;1;EUR", "lines[0].quantity", "unreadable"),
        ("8;b;ok;01.03.2026 00:30;;1;-1;EUR", "lines[0].price.value", "negative_amount"),
        ("8;b;ok;01.03.2026 00:30;;1;1;XX", "lines[0].price.currency_code", "unknown_currency"),
        ("8;b;ok;;;1;1;EUR", "purchased_at", "required"),
        ("8;b;ok;01.03.2026 00:30;;1", "", "malformed_csv"),
        ("8;b\0;ok;01.03.2026 00:30;;1;1;EUR", "buyer.external_id", "invalid_text"),
    ],
)
def test_import_rejects_a_bad_row_by_file_and_line(
    shop: Path, row: str, field: str, issue: str
) -> None:
    good = "{};a;ok;01.03.2026 00:30;;1;1,00;EUR\r\n"
    write(shop, good.format(1), f"{row}\r\n", good.format(2))
    report = run(shop / "shop.toml", shop)
    [remark] = report.first
    assert (remark.file, remark.line) == ("orders.csv", 3)
    assert (remark.field, remark.issue) == (field, issue)
    assert Order.objects.count() == 2


def test_import_rejects_bytes_that_are_not_text(shop: Path) -> None:
    (shop / "orders.csv").write_bytes(HEAD.encode() + b"1;\xff;ok;01.03.2026 00:30;;1;1;EUR\n")
    [remark] = run(shop / "shop.toml", shop).first
    assert (remark.line, remark.issue) == (2, "wrong_encoding")


def test_import_takes_the_first_of_two_rows_with_one_key(data_dir: Path, tmp_path: Path) -> None:
    for file in (data_dir / "olist").glob("*.csv"):
        shutil.copyfile(file, tmp_path / file.name)
    customers = tmp_path / "olist_customers_dataset.csv"
    text = customers.read_text()
    customers.write_text(text + text.splitlines()[1] + "\n")
    report = run(OLIST, tmp_path)
    assert (report.first[0].issue, report.first[0].line) == ("duplicate_key", 2_005)
    assert Order.objects.count() == 1_835


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("{orders.no}", "{orders.number}", "orders.csv has no such column"),
        ("{orders.no}", "{bestellung.no}", "which [files] lacks"),
        ("Europe/Berlin", "Berlin", "IANA time zone"),
        ('name = "Shop"', "name =", "is not TOML"),
        ("[orders.lines]", "[orders.line]", "Extra inputs"),
        ('"scans.csv"', '"missing.csv"', "cannot be read"),
        ('rows = "orders"', 'rows = "orders"\njoins = ["orders"]', "write a join as"),
        ("{orders.no}", "{scans.parcel}", "without joining it"),
    ],
)
def test_import_refuses_a_wrong_mapping(shop: Path, wrong: str, right: str, says: str) -> None:
    write(shop)
    (shop / "shop.toml").write_text(SHOP.replace(wrong, right, 1))
    with pytest.raises(CommandError, match=says.replace("[", r"\[")):
        call_command("import_orders", str(shop), mapping=shop / "shop.toml")


def test_import_orders_prints_and_writes_its_report(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(shop, "1;=1+1;ok;01.03.2026 00:30;;1;1;EUR\r\n", "2;b;ok;x;;1;1;EUR\r\n")
    report = shop / "report.csv"
    call_command("import_orders", str(shop), mapping=shop / "shop.toml", report=report)
    printed = capsys.readouterr().out
    assert "orders.csv, line 3: rejected purchased_at: It cannot be read" in printed
    with report.open(newline="") as file:
        rows = [(row["line"], row["result"], row["issue"]) for row in csv.DictReader(file)]
    assert rows == [
        ("3", "rejected", "unreadable"),
        ("2", "flagged", "no_shipment_yet"),
        ("2", "flagged", "no_promise"),
    ]


def test_import_makes_parcels_of_olists_dates(olist: Report) -> None:
    assert Shipment.objects.exclude(order=None).count() == 1_602


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_import_by_several_processes_feeds_everything(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "BATCH", 50)
    monkeypatch.setattr(feeding, "workers", lambda: 3)
    write(shop, "7;b;ok;01.03.2026 00:30;20.03.2026;2;1,00;EUR\r\n")
    rows = [f"X{i % 9};Sortiert;02.03.2026 {i // 60 % 24:02}:{i % 60:02}" for i in range(620)]
    (shop / "scans.csv").write_text("\r\n".join(["parcel;what;at", *rows, "X1;?;gestern"]))
    report = run(shop / "shop.toml", shop)
    assert report.counts["tracking_events"] == Counter(created=620, flagged=620, rejected=1)
    assert TrackingEvent.objects.count() == 620
