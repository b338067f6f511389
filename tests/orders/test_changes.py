"""Following what became known."""

from __future__ import annotations

import pytest
from django.db import transaction

from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Order
from backoffice.orders.service.changes import Change, take_changes
from backoffice.orders.service.feed import feed_orders, feed_shipments
from tests.orders.telling import NOW, order, shipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def fed() -> list[Change]:
    """Two changes of each of two orders, told and to be taken."""
    parcels = [shipment(f"X{i}", f"O{i}", handed_over_at="2026-03-03T10:00:00Z") for i in (1, 2)]
    feed_orders([order("O1", status="CANCELLED"), order("O2", status="CANCELLED")], NOW)
    feed_shipments(parcels, NOW)
    pks = Order.objects.order_by("external_id").values_list("id", flat=True)
    kinds = (ChangeKind.CANCELLED, ChangeKind.SHIPPED)
    return [Change(pk, kind, NOW) for kind in kinds for pk in pks]


def test_take_changes_gives_each_once(fed: list[Change]) -> None:
    assert take_changes("disputes", 3) == fed[:3]
    assert take_changes("disputes", 3) == fed[3:]
    assert take_changes("disputes", 3) == []


def test_followers_read_each_at_its_own_pace(fed: list[Change]) -> None:
    assert take_changes("disputes", 3) == fed[:3]
    assert take_changes("insurance", 9) == fed


def test_take_changes_rolled_back_gives_them_again(fed: list[Change]) -> None:
    with transaction.atomic():
        assert take_changes("disputes", 9) == fed
        transaction.set_rollback(True)
    assert take_changes("disputes", 9) == fed
