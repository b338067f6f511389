"""Importing CSV files: Olist's real orders, and what real files do wrong."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db.models import F, Sum

from backoffice.orders.models import Order, OrderLine, Seller, Shipment, TrackingEvent
from backoffice.orders.service.imports import Report, feeding
from tests.orders.shop import HEAD, run, write

OLIST = Path(__file__).resolve().parents[2] / "docs" / "examples" / "olist.toml"
pytestmark = pytest.mark.django_db


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


def test_import_reads_a_time_that_a_clock_skips_or_shows_twice(shop: Path) -> None:
    row = "{};a;ok;{};;1;1;EUR\r\n"
    write(shop, row.format(1, "29.03.2026 02:30"), row.format(2, "25.10.2026 02:30"))
    run(shop / "shop.toml", shop)
    assert list(Order.objects.order_by("id").values_list("purchased_at", flat=True)) == [
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    ]


def test_import_knows_columns_that_differ_in_case_alone(shop: Path) -> None:
    head = HEAD.replace("currency", "currency;NO;sqlite_;_line")
    write(shop, "1;a;ok;01.03.2026 00:30;;1;1;EUR;x;y;z\r\n", head=head)
    run(shop / "shop.toml", shop)
    assert Order.objects.get().external_id == "SHOP-1"


def test_import_takes_the_first_of_two_rows_with_one_key(data_dir: Path, tmp_path: Path) -> None:
    for file in (data_dir / "olist").glob("*.csv"):
        shutil.copyfile(file, tmp_path / file.name)
    customers = tmp_path / "olist_customers_dataset.csv"
    text = customers.read_text()
    customers.write_text(text + text.splitlines()[1] + "\n")
    report = run(OLIST, tmp_path)
    assert (report.first[0].issue, report.first[0].line) == ("duplicate_key", 2_005)
    assert Order.objects.count() == 1_835


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
