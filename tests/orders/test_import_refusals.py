"""What an import refuses: mappings and files as a whole, rows one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backoffice.orders.models import Order
from tests.orders.shop import HEAD, SHOP, run, write

pytestmark = pytest.mark.django_db


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
        ("8;b;ok;01.03.2026 00:30;;1_0;1;EUR", "lines[0].quantity", "unreadable"),
        ("8;b;ok;01.03.2026 00:30;;1;1.000;EUR", "lines[0].price", "unreadable"),
        ("8;b;ok;01.03.2026 00:30;;1;" + "9" * 30 + ";EUR", "lines[0].price.value", None),
    ],
)
def test_import_rejects_a_bad_row_by_file_and_line(
    shop: Path, row: str, field: str, issue: str | None
) -> None:
    good = "{};a;ok;01.03.2026 00:30;;1;1,00;EUR\r\n"
    write(shop, good.format(1), f"{row}\r\n", good.format(2))
    report = run(shop / "shop.toml", shop)
    [remark] = report.first
    assert (remark.file, remark.line) == ("orders.csv", 3)
    assert (remark.field, remark.issue) == (field, issue or remark.issue)
    assert Order.objects.count() == 2


def test_import_rejects_bytes_that_are_not_text(shop: Path) -> None:
    (shop / "orders.csv").write_bytes(HEAD.encode() + b"1;\xff;ok;01.03.2026 00:30;;1;1;EUR\n")
    [remark] = run(shop / "shop.toml", shop).first
    assert (remark.line, remark.issue) == (2, "wrong_encoding")


def test_import_tells_how_far_a_missing_quote_reaches(shop: Path) -> None:
    write(shop, '1;"a;ok;01.03.2026 00:30;;1;1;EUR\r\n', "2;b;ok;01.03.2026 00:30;;1;1;EUR\r\n")
    [remark] = run(shop / "shop.toml", shop).first
    assert (remark.line, remark.issue) == (2, "malformed_csv")
    assert remark.reason.endswith("It goes on to line 3: is a quote missing?")


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
        ("{orders.no}", "{orders.no", "has a brace too many"),
        ("promised_on", "promissed_on", "no field 'promissed_on'"),
        ("seller.external_id", "seller.number", "no field 'number'"),
        ('purchase_ref = "{orders.no}"\n', "", "needs the field purchase_ref"),
        ("status = { ok", "state = { ok", "no field 'state'"),
        ('rows = "scans"', 'rows = "scans"\nneeds_any = ["lost_at"]', "no field 'lost_at'"),
        ('rows = "orders"', 'rows = "orders"\nreport_unjoined = ["scans"]', "is not joined"),
        ('delimiter = ";"', 'encoding = "base64"', "an encoding Python knows"),
        ("%d.%m.%Y %H:%M", "%Y %Y", "signs for day, month and year"),
    ],
)
def test_import_refuses_a_wrong_mapping(shop: Path, wrong: str, right: str, says: str) -> None:
    write(shop)
    (shop / "shop.toml").write_text(SHOP.replace(wrong, right, 1))
    with pytest.raises(CommandError, match=says.replace("[", r"\[")):
        call_command("import_orders", str(shop), mapping=shop / "shop.toml")


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"", "needs a first line"),
        (b"no;no\n", "needs a first line"),
        (HEAD.encode("utf-16"), "is not text in utf-8"),
        (b"no;\xff\n", "is not text in utf-8"),
        (b"n\0o;customer\n", "is not text in utf-8"),
        (b'"no;' + b"x" * 2_000_000, "larger than field limit"),
        (b";".join(b"c%d" % n for n in range(2_000)), "has 2000 columns"),
        (b"x" * 300, "names of 200 characters"),
    ],
)
def test_import_refuses_a_file_without_a_usable_head(shop: Path, head: bytes, says: str) -> None:
    (shop / "orders.csv").write_bytes(head)
    with pytest.raises(CommandError, match=says):
        call_command("import_orders", str(shop), mapping=shop / "shop.toml")


def test_import_refuses_a_file_that_is_not_in_its_encoding(shop: Path) -> None:
    (shop / "shop.toml").write_text(SHOP.replace("[format]", '[format]\nencoding = "utf-16"'))
    (shop / "orders.csv").write_bytes(HEAD.encode("utf-16")[:-1])
    with pytest.raises(CommandError, match="truncated data"):
        call_command("import_orders", str(shop), mapping=shop / "shop.toml")
