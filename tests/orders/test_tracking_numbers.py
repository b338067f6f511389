"""Tracking numbers: a hint that agrees with 94 numbers of real couriers."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from backoffice.orders.enums import NumberHint
from backoffice.orders.tracking_numbers import hint
from backoffice.orders.tracking_numbers.own import read_patterns


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


OWN = """
[[patterns]]
courier = "Pigeon Post"
form = 'pg(?P<body>\\d{4})(?P<check>\\d)'
checksum = "luhn"
"""


def test_hint_knows_an_operators_own_courier(tmp_path: Path, settings: Any) -> None:
    settings.TRACKING_PATTERNS = tmp_path / "own.toml"
    settings.TRACKING_PATTERNS.write_text(OWN)
    assert [hint(n, "Pigeon-Post") for n in ("pg 12344", "PG12345", "12344")] == [
        NumberHint.VALID,
        NumberHint.CHECKSUM_WRONG,
        NumberHint.UNKNOWN_FORMAT,
    ]
    assert hint("1Z5R89390357567128", "UPS") is NumberHint.CHECKSUM_WRONG


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("[[patterns]]", "[[pattern]]", "patterns: Field required"),
        ("courier =", "currier =", "patterns.0.courier: Field required"),
        ("<check>", "<chk>", "pattern 1: .* no groups for it"),
        ('"luhn"', '"crc"', "Checksums: gs1, .*s10"),
        ("'pg(", "'pg((", "pattern 1: missing "),
        ("courier", "=", "cannot be read"),
    ],
)
def test_a_wrong_file_of_couriers_is_refused(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    (tmp_path / "own.toml").write_text(OWN.replace(right, wrong, 1))
    with pytest.raises(ImproperlyConfigured, match=says):
        read_patterns(tmp_path / "own.toml")


@given(st.text(max_size=60), st.text(max_size=20))
def test_hint_never_refuses(number: str, carrier: str) -> None:
    assert hint(number, carrier) in NumberHint
