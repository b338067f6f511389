"""Orders as rows: loaded under lock, their facts derived anew, written back in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from backoffice.common import bulk
from backoffice.common.canonical import canonical_json
from backoffice.orders.enums import ChangeKind, Direction
from backoffice.orders.models import Order, OrderChange, Shipment
from backoffice.orders.queries.among import Among
from backoffice.orders.verbs.facts import OrderFacts, changes, derive
from backoffice.orders.verbs.parcels import ParcelFacts

FACTS = OrderFacts._fields
# What follows from the rest; nothing else changes when parcels do.
DERIVED = FACTS[FACTS.index("deliver_by") :]


class StoredOrder(NamedTuple):
    """An order's row: its id, the ids that never change, and its facts."""

    pk: int
    external_id: str
    seller_pk: int
    buyer_pk: int
    facts: OrderFacts


def load_orders(wanted: Among) -> list[StoredOrder]:
    """The `wanted` orders, locked until the transaction ends, in order of id."""
    # No key is changed, so rows that refer to the order may be written meanwhile.
    rows: QuerySet[Order] = Order.objects.select_for_update(no_key=True)
    found = rows.filter(wanted).order_by("id")
    names = ("id", "external_id", "seller_id", "buyer_id", *FACTS)
    return [
        StoredOrder(pk, ref, seller, buyer, OrderFacts(*(*facts, tuple(flags))))
        for pk, ref, seller, buyer, *facts, flags in found.values_list(*names)
    ]


def parcels_of(order_refs: Collection[str]) -> dict[str, list[ParcelFacts]]:
    """The facts of each order's parcels to the buyer, joined or waiting, by its external id."""
    parcels: defaultdict[str, list[ParcelFacts]] = defaultdict(list)
    rows = Shipment.objects.filter(Among("order_ref", order_refs), direction=Direction.OUTBOUND)
    for ref, *facts in rows.values_list("order_ref", *ParcelFacts._fields):
        parcels[ref].append(ParcelFacts(*facts))
    return parcels


def row_of(facts: OrderFacts) -> tuple[Any, ...]:
    """The values of FACTS' columns."""
    return (*facts[:-1], canonical_json(list(facts.flags)).decode())


def update_orders(
    changed: Sequence[tuple[int, OrderFacts]], now: datetime, columns: Sequence[str] = FACTS
) -> None:
    """Write `columns`, the last ones of FACTS, of `changed` orders, by id.

    An order that the delivery watch set aside is watched again: it is not the same any more.
    """
    first = len(FACTS) - len(columns)
    rows = [(pk, *row_of(facts)[first:], now, "") for pk, facts in changed]
    bulk.update(Order, ("id",), (*columns, "fed_at", "watch_error"), rows)


def tell_changes(told: Iterable[tuple[int, ChangeKind]], now: datetime) -> None:
    """Append to the change feed. Only under the feed's lock (service/lock.py)."""
    bulk.append(OrderChange, ("order_id", "kind", "at"), [(pk, str(k), now) for pk, k in told])


def tell_returns(pks: Iterable[int | None], now: datetime) -> None:
    """Tell that a return of these orders was sent or delivered."""
    tell_changes(((pk, ChangeKind.RETURN) for pk in sorted({pk for pk in pks if pk})), now)


def refresh_orders(
    pks: Collection[int], trouble: Collection[int], moved: Collection[int], now: datetime
) -> None:
    """Derive the facts of orders anew after their parcels changed, and tell what became known.

    `trouble` are the orders one of whose parcels was newly said lost, damaged or returned, `moved`
    those one of whose parcels was handed over or delivered. At most 4 queries.
    """
    if not pks:
        return
    orders = load_orders(Among("id", pks))
    parcels = parcels_of([order.external_id for order in orders])
    changed = []
    told = [(pk, ChangeKind.TRACKING) for pk in sorted(trouble)]
    for order in orders:
        facts = derive(order.facts, parcels.get(order.external_id, []), now)
        kinds = changes(order.facts, facts)
        if facts != order.facts:
            changed.append((order.pk, facts))
        if not kinds and order.pk in moved:
            kinds = [ChangeKind.PARCEL]
        told += [(order.pk, kind) for kind in kinds]
    update_orders(changed, now, DERIVED)
    tell_changes(told, now)


def ids_of(refs: Iterable[str]) -> dict[str, int]:
    """Orders' ids by external id."""
    rows = Order.objects.filter(Among("external_id", refs))
    return dict(rows.values_list("external_id", "id"))
