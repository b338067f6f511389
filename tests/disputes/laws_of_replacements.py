"""What must hold of claims for replacements after every step of a walk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from backoffice.orders.models import Order
from disputes.models import Offer
from disputes.models.offer import REPLACING
from disputes.queries import snapshots
from tests.disputes.walked import Row, Walked, moment


def replacements_hold(seen: Walked, before: dict[str, Any]) -> None:
    """What a claim is about never changes; a replacement was agreed on before it was claimed, and

    no fact of it is older than the complaint. `before` remembers what was seen.
    """
    for case in seen.cases:
        assert before.setdefault(case["public_id"], case["replaced_at"]) == case["replaced_at"]
        if case["replaced_at"]:
            _since_agreed(case)


def _since_agreed(case: Row) -> None:
    at = moment(case["replaced_at"])
    agreed = Offer.objects.filter(
        case__order_id=case["order_id"], case__id__lt=case["id"], offer_type__in=REPLACING
    )
    assert agreed.filter(answer="ACCEPTED", answered_at=at).exists()
    facts = snapshots.peek(case["public_id"]).facts
    order = Order.objects.get(pk=case["order_id"])
    assert facts.replaced_at == at
    assert facts.deliver_by == at + timedelta(days=order.max_days)
    complained_at = moment(case["complained_at"])
    assert complained_at <= at
    its = (facts.handed_over_at, facts.delivered_at)
    assert all(fact is None or fact > complained_at for fact in its)
    assert facts.tracking != "DELIVERED" or facts.delivered_at
    assert facts.tracking != "MOVING" or facts.handed_over_at
