"""The main job on real orders: claims on a hundred undelivered ones, and silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import F, Sum

from backoffice.audit.service.verification import Tally, check_chains
from backoffice.ledger.models import Account
from backoffice.ledger.queries import balance
from backoffice.orders.enums import OrderStatus
from backoffice.orders.models import Order
from backoffice.orders.sweeps import watch_deliveries
from backoffice.outbox.models import Message
from disputes.enums import Outcome, Reason
from disputes.models import Case
from disputes.reconciliation import dangling, wrong_amounts
from disputes.service.filing import file_claim
from disputes.sweeps import sweep_cases
from disputes.verbs.filing import Claim
from tests.factories import buyer_of

MAPPING = Path(__file__).parents[2] / "docs" / "examples" / "olist.toml"
AS_OF = datetime(2018, 10, 18, 3, tzinfo=UTC)  # midnight in São Paulo
HUNDRED = 100


@pytest.fixture
def undelivered(db: None, data_dir: Path) -> list[Order]:
    """Olist's orders neither delivered nor called off, more than 60 days past purchase."""
    call_command("import_orders", data_dir / "olist", mapping=MAPPING)
    rows = Order.objects.filter(
        delivered_at=None, status=OrderStatus.ACTIVE, purchased_at__lt=AS_OF - timedelta(days=60)
    )
    return list(rows.select_related("buyer").order_by("deliver_by"))


def test_a_hundred_silent_sellers_pay_their_buyers(undelivered: list[Order]) -> None:
    assert len(undelivered) == 413
    for order in undelivered[:HUNDRED]:
        now = order.deliver_by + timedelta(hours=1)
        sweep_cases(now)
        watch_deliveries(now)
        file_claim(order.external_id, Claim(Reason.NOT_RECEIVED), buyer_of(order), now)
    sweep_cases(now + timedelta(days=6))

    assert Case.objects.filter(outcome=Outcome.BUYER_FAVOUR).count() == HUNDRED
    value = F("items_minor") + F("freight_minor")
    paid = Order.objects.filter(cases__isnull=False).aggregate(sum=Sum(value))["sum"]
    assert sum(balance(a) for a in Account.objects.filter(kind="BUYER")) == paid
    assert sum(balance(a) for a in Account.objects.filter(kind="SELLER")) == -paid
    assert Message.objects.filter(topic="payout.requested").count() == HUNDRED
    assert Message.objects.filter(topic="order.claimable").count() >= HUNDRED
    assert check_chains(Tally()) is None
    assert [*wrong_amounts(), *dangling()] == []
