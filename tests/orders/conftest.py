"""What several tests of orders share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.orders.shop import SCANS, SHOP


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The shop's folder: its mapping and its scans, yet without orders."""
    (tmp_path / "shop.toml").write_text(SHOP)
    (tmp_path / "scans.csv").write_text(SCANS)
    return tmp_path
