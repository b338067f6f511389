"""Feeding orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from backoffice.common import bulk
from backoffice.common.errors import Refused
from backoffice.common.money import MAX_MINOR, Money
from backoffice.orders.enums import ChangeKind, Direction
from backoffice.orders.models import Buyer, Order, OrderLine, Seller, Shipment, TrackingEvent
from backoffice.orders.queries.among import Among
from backoffice.orders.service.feed.answers import Answer, ItemError, Result
from backoffice.orders.service.feed.items import OrderItem
from backoffice.orders.service.feed.parties import keep_parties, refs_of
from backoffice.orders.service.feed.reading import Read, read_batch
from backoffice.orders.service.feed.store import (
    FACTS,
    StoredOrder,
    ids_of,
    load_orders,
    parcels_of,
    row_of,
    tell_changes,
    update_orders,
)
from backoffice.orders.service.feed.windows import window
from backoffice.orders.service.lock import batch
from backoffice.orders.verbs.facts import OrderFacts, changes, derive
from backoffice.orders.verbs.parcels import TROUBLE
from backoffice.rulebook.engine.rates import CurrencyWithoutRate
from backoffice.rulebook.queries import Schedule, book, schedule

ADAPTER = TypeAdapter(OrderItem)
LINE_COLUMNS = (
    "sku",
    "title",
    "category",
    "description",
    "photo_url",
    "quantity",
    "price_minor",
    "freight_minor",
)
# Columns that the feed never tells: a new order has "" and 0 there.
BLANK = ("watch_error", "refunds_counted_minor")
Line = tuple[Any, ...]
"""A line's values in the order of LINE_COLUMNS."""


class Stored(NamedTuple):
    """What the database held of an order before the batch."""

    order: StoredOrder
    seller: str
    buyer: str
    lines: dict[str, Line]


@dataclass(slots=True)
class Draft:
    """One order as the batch leaves it; `stored` None means that it is new."""

    item: OrderItem
    facts: OrderFacts
    lines: dict[str, Line]
    stored: Stored | None = None
    answers: list[Answer] = field(default_factory=list)


def feed_orders(items: Sequence[Any], now: datetime) -> list[Answer]:
    """Take a batch of orders (at most 1,000; docs/feed.md); an answer for each, in order.

    Raises BatchTooLarge.
    """
    return take_orders(read_batch(ADAPTER, items), now)


def take_orders(reads: Sequence[Read[OrderItem]], now: datetime) -> list[Answer]:
    """The second half of `feed_orders`, for items already read."""
    return batch(lambda alone: _feed(reads, now))


def _feed(reads: Sequence[Read[OrderItem]], now: datetime) -> list[Answer]:
    stored = _load({read.item.external_id for read in reads if read.item})
    books = schedule()
    drafts: dict[str, Draft] = {}
    answers = []
    for read in reads:
        if read.item is None:
            answers.append(Answer.rejected(read.external_id, *read.errors))
        else:
            answers.append(_take(read.item, drafts, stored.get(read.item.external_id), books))
    _derive(drafts, now)
    _write(drafts, now)
    for draft in drafts.values():
        for answer in draft.answers:
            answer.flags = list(draft.facts.flags)
    return answers


def _load(refs: set[str]) -> dict[str, Stored]:
    loaded = load_orders(Among("external_id", refs))
    sellers = refs_of(Seller, {order.seller_pk for order in loaded})
    buyers = refs_of(Buyer, {order.buyer_pk for order in loaded})
    orders = {
        order.pk: Stored(order, sellers[order.seller_pk], buyers[order.buyer_pk], {})
        for order in loaded
    }
    rows = OrderLine.objects.filter(Among("order_id", orders))
    for pk, ref, *line in rows.values_list("order_id", "external_id", *LINE_COLUMNS):
        orders[pk].lines[ref] = tuple(line)
    return {stored.order.external_id: stored for stored in orders.values()}


def _take(
    item: OrderItem, drafts: dict[str, Draft], stored: Stored | None, books: Schedule
) -> Answer:
    """One item's answer; its draft is made or changed. The later of two items wins."""
    ref = item.external_id
    draft = drafts.get(ref)
    before = draft.facts if draft else stored.order.facts if stored else None
    lines_before = draft.lines if draft else stored.lines if stored else {}
    party = draft.item if draft else None
    errors, lines, total = _lines(item)
    if before is not None:
        seller = party.seller.external_id if party else stored.seller if stored else ""
        buyer = party.buyer.external_id if party else stored.buyer if stored else ""
        errors += _forbidden(item, before, seller, buyer, total)
        errors += _missing(lines, lines_before)
    if errors:
        return Answer.rejected(ref, *errors)
    try:
        facts = before or _new_facts(item, total, books)
    except Refused as exc:
        return Answer.rejected(ref, ItemError("purchased_at", exc.code, exc.message))
    except CurrencyWithoutRate as exc:
        path = "lines[0].price.currency_code"
        return Answer.rejected(ref, ItemError(path, exc.code, exc.message))
    facts = facts._replace(**_told(item, lines))
    if before is None:
        result = Result.CREATED
    elif (facts, lines) == (before, lines_before):
        result = Result.UNCHANGED
    else:
        result = Result.UPDATED
    answer = Answer(ref, result)
    if draft is None:
        draft = drafts[ref] = Draft(item, facts, lines, stored)
    draft.item, draft.facts, draft.lines = item, facts, lines
    draft.answers.append(answer)
    return answer


def _lines(item: OrderItem) -> tuple[list[ItemError], dict[str, Line], Money]:
    """The lines as rows and the order's total, or what is wrong with them together."""
    currency = item.lines[0].price.currency
    errors = [
        ItemError(f"{path}.currency_code", "currency_mismatch", f"Others are in {currency}.")
        for path, money in item.amounts()
        if money.currency != currency
    ]
    lines: dict[str, Line] = {}
    for i, line in enumerate(item.lines):
        if line.external_id in lines:
            said = "Another line of the order has this id."
            errors.append(ItemError(f"lines[{i}].external_id", "duplicate", said))
        freight = line.freight.minor if line.freight else 0
        told = (line.sku, line.title, line.category, line.description, line.photo_url)
        lines[line.external_id] = (*told, line.quantity, line.price.minor, freight)
    total = sum(line[-2] + line[-1] for line in lines.values())
    if total > MAX_MINOR:
        errors.append(ItemError("lines", "amount_too_large", "The lines' sum is too large."))
    return errors, lines, Money(min(total, MAX_MINOR), currency)


def _forbidden(
    item: OrderItem, before: OrderFacts, seller: str, buyer: str, total: Money
) -> list[ItemError]:
    """What an order may not change once it is known: claims and money may hang on it."""
    fixed = [
        ("seller.external_id", item.seller.external_id, seller),
        ("buyer.external_id", item.buyer.external_id, buyer),
        ("purchased_at", item.purchased_at, before.purchased_at),
        ("lines[0].price.currency_code", total.currency, before.currency),
    ]
    errors = [
        ItemError(path, "immutable", f"It was told as {was}, and cannot change.")
        for path, told, was in fixed
        if told != was
    ]
    if (item.refunded.minor if item.refunded else 0) < before.refunded_minor:
        was = Money(before.refunded_minor, before.currency)
        errors.append(ItemError("refunded", "refund_fell", f"It was {was}, and never falls."))
    return errors


def _missing(lines: dict[str, Line], before: dict[str, Line]) -> list[ItemError]:
    gone = [ref for ref in before if ref not in lines]
    said = "A line never goes away; tell this one too, or cancel the order:"
    return [ItemError("lines", "line_missing", f"{said} {ref}.") for ref in gone[:5]]


def _new_facts(item: OrderItem, total: Money, books: Schedule) -> OrderFacts:
    granted = window(book(books.number_at(item.purchased_at)), item, total)
    return OrderFacts(
        **_told(item, {}),
        **granted._asdict(),
        currency=total.currency,
        purchased_at=item.purchased_at,
        deliver_by=item.purchased_at,  # derived with the rest
    )


def _told(item: OrderItem, lines: dict[str, Line]) -> dict[str, Any]:
    """The facts that an update may change."""
    return {
        "purchase_ref": item.purchase_ref,
        "status": item.status.value,
        "items_minor": sum(line[-2] for line in lines.values()),
        "freight_minor": sum(line[-1] for line in lines.values()),
        "refunded_minor": item.refunded.minor if item.refunded else 0,
        "destination": item.destination,
        "zone": item.zone,
        "ship_by": item.ship_by,
        "promised_on": item.promised_on,
        "said_delivered": item.said_delivered,
    }


def _derive(drafts: dict[str, Draft], now: datetime) -> None:
    parcels = parcels_of(drafts)
    for ref, draft in drafts.items():
        draft.facts = derive(draft.facts, parcels.get(ref, []), now)


def _write(drafts: dict[str, Draft], now: datetime) -> None:
    sellers = keep_parties(Seller, [d.item.seller for d in drafts.values()])
    buyers = keep_parties(Buyer, [d.item.buyer for d in drafts.values()])
    new = {ref: draft for ref, draft in sorted(drafts.items()) if draft.stored is None}
    parties = {
        ref: (sellers[d.item.seller.external_id], buyers[d.item.buyer.external_id])
        for ref, d in new.items()
    }
    rows = [(ref, *parties[ref], now, "", 0, *row_of(d.facts)) for ref, d in new.items()]
    columns = ("external_id", "seller_id", "buyer_id", "fed_at", *BLANK, *FACTS)
    bulk.append(Order, columns, rows)
    pks = {d.stored.order.pk: d for d in drafts.values() if d.stored}
    known = [(pk, d, d.stored.order.facts) for pk, d in pks.items() if d.stored]
    update_orders([(pk, d.facts) for pk, d, was in known if d.facts != was], now)
    created = ids_of(new) if new else {}
    pks |= {created[ref]: draft for ref, draft in new.items()}
    _write_lines(pks)
    told = [(pk, kind) for pk, d, was in known for kind in changes(was, d.facts)]
    told += [(created[ref], kind) for ref, d in new.items() for kind in changes(None, d.facts)]
    told += [(pk, ChangeKind.TRACKING) for pk in _join_shipments(created)]
    tell_changes(told, now)


def _write_lines(drafts: dict[int, Draft]) -> None:
    new, changed = [], []
    for pk, draft in drafts.items():
        before = draft.stored.lines if draft.stored else {}
        for ref, line in draft.lines.items():
            if ref not in before:
                new.append((pk, ref, *line))
            elif before[ref] != line:
                changed.append((pk, ref, *line))
    bulk.append(OrderLine, ("order_id", "external_id", *LINE_COLUMNS), new)
    bulk.update(OrderLine, ("order_id", "external_id"), LINE_COLUMNS, changed)


def _join_shipments(created: dict[str, int]) -> set[int]:
    """Join the shipments that came before their orders; the orders whose parcels are in trouble."""
    waiting = Shipment.objects.filter(Among("order_ref", created), order__isnull=True)
    joined = {pk: created[ref] for pk, ref in waiting.values_list("id", "order_ref")}
    if not joined:
        return set()
    bulk.update(Shipment, ("id",), ("order_id",), sorted(joined.items()))
    scans = TrackingEvent.objects.filter(
        Among("shipment_id", joined),
        status__in=TROUBLE,
        shipment__direction=Direction.OUTBOUND,
    )
    return {joined[pk] for pk in scans.values_list("shipment_id", flat=True) if pk}
