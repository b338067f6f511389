"""Bench (b): tracking events through the importer against plain COPY, and through the API.

    python -m bench.feed            200,000 scans of 25,000 parcels, three times each
    python -m bench.feed --scans 1000000 --runs 1

COPY is one statement of rows rendered beforehand, into the same table with its indexes and foreign
key; nothing can be faster. The script is what one would write by hand: it reads the same file as
the importer, looks the parcel's id up in a dict and does one COPY. The importer reads the file,
sorts it by parcel, validates, looks for replays, judges codes and rolls the facts up to parcels and
orders, in a process for each core. The API does the same from JSON, in batches of 1,000, over as
many connections, each request with a key and an idempotency key; its scans come as a day's do, so
that every batch touches a thousand parcels. Every run starts from a copy of one filled database.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.harness import close_all, median, memory_mb, own_database, show, use

BATCH = 1_000
START = datetime(2026, 3, 2, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
# Of 11 delivered parcels in real carriers' feeds, the mean has 8.5 scans, the median 9.
STATUSES = ("pending", "picked_up", *["in_transit"] * 4, "out_for_delivery", "delivered")
PER_PARCEL = len(STATUSES)
WANTED = {"importer / COPY": 0.25, "API / importer": 0.4}
MAPPING = """
name = "Bench"
files = { scans = "scans.csv" }
[tracking_events]
rows = "scans"
[tracking_events.columns]
external_id = "{scans.id}"
shipment = "{scans.parcel}"
status = "{scans.status}"
carrier_code = "{scans.code}"
description = "{scans.text}"
location = "{scans.place}"
happened_at = "{scans.at}"
"""
COLUMNS = (
    "external_id, shipment_ref, shipment_id, status, ambiguous, carrier_code, description,"
    " location, happened_at, fed_at"
)
HEAD = ("id", "parcel", "status", "code", "text", "place", "at")


def scans(count: int) -> Iterator[tuple[str, ...]]:
    """Rows of HEAD, as a day's file has them: all parcels' first scans, then their second."""
    parcels = count // PER_PARCEL
    for i in range(count):
        stage, parcel = divmod(i, parcels)
        at = START + timedelta(days=stage, seconds=parcel)
        status = STATUSES[stage]
        yield (
            f"scan-{i:09}",
            f"parcel-{parcel:07}",
            status,
            f"C{stage}",
            f"{status.replace('_', ' ').capitalize()} at the depot",
            "Guarulhos, SP",
            at.isoformat(),
        )


def fill(count: int) -> None:
    """The parcels that will be scanned, and their orders; through the feed itself."""
    from django.core.management import call_command
    from django.db import connection

    from backoffice.orders.service.feed import feed_orders, feed_shipments

    call_command("migrate", verbosity=0)
    amount = {"currency_code": "USD", "value": "10.00"}
    for first in range(0, count // PER_PARCEL, BATCH):
        refs = [f"{i:07}" for i in range(first, min(first + BATCH, count // PER_PARCEL))]
        orders = [
            {
                "external_id": f"order-{ref}",
                "purchase_ref": ref,
                "seller": {"external_id": f"seller-{ref[-3:]}"},
                "buyer": {"external_id": f"buyer-{ref}"},
                "lines": [{"external_id": "1", "price": amount}],
                "purchased_at": "2026-03-01T12:00:00Z",
                "promised_on": "2026-03-20",
            }
            for ref in refs
        ]
        parcels = [
            {"external_id": f"parcel-{ref}", "order": f"order-{ref}", "carrier": "ups"}
            for ref in refs
        ]
        answers = [*feed_orders(orders, NOW), *feed_shipments(parcels, NOW)]
        assert all(answer.result == "created" for answer in answers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def do_copy(count: int) -> float:
    """One COPY of rows rendered beforehand."""
    from django.db import connection

    from backoffice.orders.models import Shipment

    pks = dict(Shipment.objects.values_list("external_id", "id"))
    text = io.StringIO()
    for ref, parcel, status, code, said, place, at in scans(count):
        row = (ref, parcel, pks[parcel], status, "f", code, said, place, at, NOW.isoformat())
        text.write("\t".join(map(str, row)) + "\n")
    raw = text.getvalue().encode()
    with connection.cursor() as cursor:
        begin = time.perf_counter()
        with cursor.copy(f"COPY orders_trackingevent ({COLUMNS}) FROM STDIN") as copy:
            for i in range(0, len(raw), 1 << 16):
                copy.write(raw[i : i + (1 << 16)])
        return time.perf_counter() - begin


def do_script(count: int) -> float:
    """What one would write by hand: read the file, look the parcel up, COPY row by row."""
    from django.db import connection

    from backoffice.orders.models import Shipment

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scans.csv"
        write_csv(path, count)
        begin = time.perf_counter()
        pks = dict(Shipment.objects.values_list("external_id", "id"))
        with connection.cursor() as cursor, path.open(newline="") as file:
            rows = csv.reader(file)
            next(rows)
            with cursor.copy(f"COPY orders_trackingevent ({COLUMNS}) FROM STDIN") as copy:
                for ref, parcel, status, code, said, place, at in rows:
                    row = (ref, parcel, pks[parcel], status, False, code, said, place, at, NOW)
                    copy.write_row(row)
        return time.perf_counter() - begin


def write_csv(path: Path, count: int) -> None:
    """The scans as a file."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD)
        rows.writerows(scans(count))


def do_import(count: int) -> float:
    """`import_orders` on a CSV file, from reading the file to the last commit."""
    from backoffice.orders.service.imports import Report, import_files, read_mapping

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "mapping.toml").write_text(MAPPING)
        write_csv(path / "scans.csv", count)
        mapping, report = read_mapping(path / "mapping.toml"), Report()
        begin = time.perf_counter()
        import_files(mapping, path, NOW, report, lambda stage, done, total: None)
        took = time.perf_counter() - begin
    assert report.counts["tracking_events"] == {"created": count}, report.counts
    return took


def do_api(count: int) -> float:
    """POST tracking-events through the whole of Django, over as many connections as importers."""
    from backoffice.accounts.enums import Scope
    from backoffice.accounts.service.clients import create_client
    from backoffice.orders.service.imports.feeding import workers

    _, key = create_client("bench", [Scope.FEED_WRITE], NOW, "")
    names = ("external_id", "shipment", "status", "carrier_code", "description", "location")
    items = [dict(zip((*names, "happened_at"), row, strict=True)) for row in scans(count)]
    bodies = [json.dumps({"items": items[i : i + BATCH]}).encode() for i in range(0, count, BATCH)]
    del items
    senders = workers()
    close_all()  # a connection cannot be shared with the processes that fork off
    begin = time.perf_counter()
    with ProcessPoolExecutor(senders, multiprocessing.get_context("fork")) as pool:
        shares = [(key, bodies[i::senders], f"bench-{i}") for i in range(senders)]
        created = sum(pool.map(send, *zip(*shares, strict=True)))
    took = time.perf_counter() - begin
    assert created == count, created
    return took


def send(key: str, bodies: list[bytes], name: str) -> int:
    """One connection's share of the requests; how many scans were created."""
    from django.test import Client

    gc.freeze()  # as a server's process does when it forks
    client = Client(headers={"Authorization": f"Bearer {key}"})
    created = 0
    for number, body in enumerate(bodies):
        headers = {"Idempotency-Key": f"{name}-{number}"}
        response = client.post(
            "/api/v1/tracking-events", body, content_type="application/json", headers=headers
        )
        created += response.content.count(b'"created"')
    close_all()
    return created


WORK: dict[str, Callable[[int], Any]] = {
    "fill": fill,
    "COPY": do_copy,
    "script": do_script,
    "importer": do_import,
    "API": do_api,
}


def child(work: str, count: int, url: str) -> tuple[float, int]:
    """Run one piece of work in a process of its own: seconds and MB."""
    command = [sys.executable, "-m", "bench.feed", "--work", work, "--scans", str(count)]
    out = subprocess.run([*command, "--url", url], stdout=subprocess.PIPE, text=True, check=True)
    took, memory = out.stdout.split()
    return float(took), int(memory)


def run_child(options: argparse.Namespace) -> None:
    """The child's side."""
    use(options.url)
    took = WORK[options.work](options.scans)
    print(took or 0.0, memory_mb())
    close_all()


def main() -> None:
    """Fill once, measure each way in turn, print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scans", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--work", choices=WORK)
    parser.add_argument("--url")
    options = parser.parse_args()
    if options.work:
        run_child(options)
        return
    ways = ("COPY", "script", "importer", "API")
    took: dict[str, list[float]] = {way: [] for way in ways}
    memory: dict[str, int] = dict.fromkeys(ways, 0)
    with own_database("bench_feed_full") as full:
        child("fill", options.scans, full)
        for _ in range(options.runs):
            for way in ways:
                with own_database("bench_feed", template="bench_feed_full") as url:
                    seconds, mb = child(way, options.scans, url)
                took[way].append(seconds)
                memory[way] = max(memory[way], mb)
    _print(options.scans, {way: median(values) for way, values in took.items()}, memory)


def _print(count: int, took: dict[str, float], memory: dict[str, int]) -> None:
    against = {"COPY": None, "script": "COPY", "importer": "COPY", "API": "importer"}
    rows = []
    for way, seconds in took.items():
        base = against[way]
        ratio = f"{took[base] / seconds:.2f} of {base}" if base else ""
        wanted = WANTED.get(f"{way} / {base}")
        rows.append(
            [
                way,
                f"{count:,}",
                f"{seconds:.2f}",
                f"{count / seconds:,.0f}",
                ratio,
                f"{wanted}" if wanted else "",
                f"{memory[way]}",
            ]
        )
    head = ["way", "rows", "seconds", "rows/s", "ratio", "wanted", "MB"]
    show("(b) tracking events", head, rows)


if __name__ == "__main__":
    main()
