"""The pages say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from backoffice.orders.carriers import AMBIGUOUS_CODES
from backoffice.orders.enums import TrackingStatus
from backoffice.orders.flags import SENTENCES
from backoffice.orders.service.feed.items import LineItem, OrderItem, ScanItem, ShipmentItem
from backoffice.orders.service.feed.reading import ISSUES
from backoffice.orders.service.imports import read_mapping
from backoffice.orders.service.imports.mapping import Format, Mapping, Section
from backoffice.orders.tracking_numbers.checksums import CHECKSUMS

DOCS = Path(__file__).resolve().parents[2] / "docs"
FEED = (DOCS / "feed.md").read_text()
IMPORT = (DOCS / "import.md").read_text()


def test_every_flag_is_documented_with_its_sentence() -> None:
    assert dict(re.findall(r"^\| `(\w+)` \| ([A-Z].+\.|[A-Z].+\?) \|$", FEED, re.M)) == SENTENCES


@pytest.mark.parametrize("item", [OrderItem, LineItem, ShipmentItem, ScanItem])
def test_every_field_is_documented(item: type[BaseModel]) -> None:
    assert [name for name in item.model_fields if f"`{name}`" not in FEED] == []


def test_every_status_issue_and_ambiguous_code_is_documented() -> None:
    words = {*TrackingStatus.values, *ISSUES.values(), *(code for _, code in AMBIGUOUS_CODES)}
    assert [word for word in words if f"`{word}`" not in FEED.lower()] == []


def test_every_checksum_is_documented() -> None:
    assert [name for name in CHECKSUMS if f"`{name}`" not in FEED] == []


@pytest.mark.parametrize("part", [Format, Mapping, Section])
def test_every_key_of_a_mapping_is_documented(part: type[BaseModel]) -> None:
    assert [name for name in part.model_fields if name not in IMPORT] == []


def test_the_documented_mapping_is_read(tmp_path: Path) -> None:
    written = re.search(r"```toml\n(.+?)```", IMPORT, re.S)
    assert written
    (tmp_path / "shop.toml").write_text(written[1])
    assert read_mapping(tmp_path / "shop.toml").name == "My shop"
