"""The delivery watch: what follows when a promise passes without a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backoffice.audit.service import NewEvent
from backoffice.common.actors import SYSTEM, Actor
from backoffice.orders.actions import CLAIMABLE, PUT_BACK
from backoffice.orders.queries.watch import OverdueOrder, SetAsideOrder
from backoffice.outbox.service import NewMessage


@dataclass(frozen=True, slots=True)
class Overdue:
    """An order becomes claimable: what is noted and what the marketplace is told."""

    pk: int
    claimable_at: datetime
    event: NewEvent
    message: NewMessage


def become_claimable(order: OverdueOrder, now: datetime) -> Overdue:
    """The order's promise has passed undelivered."""
    told = {
        "order": order.external_id,
        "purchase": order.purchase_ref,
        "seller": order.seller,
        "buyer": order.buyer,
        "purchased_at": order.purchased_at,
        "deliver_by": order.deliver_by,
        "handed_over_at": order.handed_over_at,
    }
    subject = ("order", str(order.pk))
    # A promise that a late scan restarted may pass a second time, and is then told again.
    once = f"{CLAIMABLE}:{order.pk}:{order.deliver_by.isoformat()}"
    return Overdue(
        order.pk,
        now,
        NewEvent(*subject, CLAIMABLE, SYSTEM, now, told),
        NewMessage(CLAIMABLE, *subject, told, once),
    )


def put_back(order: SetAsideOrder, actor: Actor, now: datetime) -> NewEvent:
    """Staff have mended what failed: the watch may try the order again. No date moves."""
    data = {"order": order.external_id, "error": order.watch_error}
    return NewEvent("order", str(order.pk), PUT_BACK, actor, now, data)
