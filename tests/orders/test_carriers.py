"""Codes that mean two things: exactly those of the real carriers' table."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from backoffice.orders.carriers import AMBIGUOUS_CODES, judge
from backoffice.orders.enums import TrackingStatus


def test_ambiguous_codes_are_those_of_the_data(data_dir: Path) -> None:
    meanings = defaultdict(set)
    with (data_dir / "carrier_status_mapping.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["enum"] == "TrackingStatus":
                key = (row["carrier"].lower(), row["carrier_code"].lower())
                meanings[key].add(row["normalised"])
    ambiguous = {key for key, statuses in meanings.items() if len(statuses) > 1}
    assert ambiguous == AMBIGUOUS_CODES
    assert len(AMBIGUOUS_CODES) == 10


def test_judge_keeps_a_clear_scan() -> None:
    assert judge("ups", "D", TrackingStatus.DELIVERED) == ("delivered", False)


def test_judge_doubts_a_delivery_told_by_an_ambiguous_code() -> None:
    assert judge(" GLS", "DeliveredPS ", TrackingStatus.DELIVERED) == ("unknown", True)


def test_judge_keeps_the_status_of_another_ambiguous_scan() -> None:
    assert judge("mydhl", "WC", TrackingStatus.IN_TRANSIT) == ("in_transit", True)
