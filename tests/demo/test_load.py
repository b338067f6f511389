"""The demo is loaded into a database of its own, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from backoffice.common.errors import Refused
from disputes.demo.load import load
from tests.factories import an_order

pytestmark = pytest.mark.django_db


def test_load_refuses_a_database_with_other_orders(tmp_path: Path) -> None:
    an_order()
    with pytest.raises(Refused, match="other orders"):
        load(tmp_path / "key", timezone.now())
