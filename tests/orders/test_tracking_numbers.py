"""Tracking numbers: a hint that agrees with 94 numbers of real couriers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.orders.enums import NumberHint
from backoffice.orders.tracking_numbers import hint
from backoffice.orders.tracking_numbers.patterns import Pattern


def test_hint_agrees_with_every_real_number(data_dir: Path) -> None:
    with (data_dir / "tracking_numbers.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [
        (row["number"], row["courier_code"])
        for row in rows
        if (hint(row["number"], row["courier_code"]) is NumberHint.VALID)
        != (row["expected_valid"] == "True")
    ]
    assert (len(rows), wrong) == (94, [])


@pytest.mark.parametrize(
    ("number", "carrier", "expected"),
    [
        ("RB123456785US", "", NumberHint.VALID),
        ("rb 123 456 785 us", "usps", NumberHint.VALID),
        ("RB123456786US", "USPS", NumberHint.CHECKSUM_WRONG),
        ("1Z5R89390357567127", "UPS", NumberHint.VALID),
        ("1Z5R89390357567128", "UPS", NumberHint.CHECKSUM_WRONG),
        ("2Z5R89390357567127", "UPS", NumberHint.UNKNOWN_FORMAT),
        ("61299998820821171811", "usps", NumberHint.UNKNOWN_FORMAT),
        ("61299998820821171811", "FedEx", NumberHint.VALID),
        ("61299998820821171811", "", NumberHint.VALID),  # fits one courier: valid for any wins
        ("1Z5R89390357567127", "a courier nobody knows", NumberHint.VALID),
        ("", "ups", NumberHint.NONE),
        ("  ", "", NumberHint.NONE),
    ],
)
def test_hint(number: str, carrier: str, expected: NumberHint) -> None:
    assert hint(number, carrier) is expected


def test_hint_knows_a_pattern_of_ones_own() -> None:
    own = [Pattern("pigeon", r"PG(?P<body>\d{4})(?P<check>\d)", "luhn")]
    assert [hint(n, "pigeon", own) for n in ("pg 12344", "PG12345", "12344")] == [
        NumberHint.VALID,
        NumberHint.CHECKSUM_WRONG,
        NumberHint.UNKNOWN_FORMAT,
    ]


def test_a_pattern_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="no groups for it"):
        Pattern("pigeon", r"PG\d{5}", "luhn")


@given(st.text(max_size=60), st.text(max_size=20))
def test_hint_never_refuses(number: str, carrier: str) -> None:
    assert hint(number, carrier) in NumberHint
