"""Feeding shipments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from backoffice.common import bulk
from backoffice.orders.carriers import judge
from backoffice.orders.enums import Direction, NumberHint
from backoffice.orders.models import Shipment, TrackingEvent
from backoffice.orders.queries.among import Among
from backoffice.orders.service.feed.answers import Answer, ItemError, Result
from backoffice.orders.service.feed.items import ShipmentItem
from backoffice.orders.service.feed.reading import Read, read_batch
from backoffice.orders.service.feed.store import ids_of, refresh_orders, tell_returns
from backoffice.orders.service.lock import NeedsToBeAlone, batch
from backoffice.orders.tracking_numbers import hint
from backoffice.orders.verbs.parcels import TROUBLE, ParcelFacts, with_scans

ADAPTER = TypeAdapter(ShipmentItem)
UNKNOWN = ParcelFacts()
HINT_FLAGS = {
    NumberHint.CHECKSUM_WRONG: "number_checksum_wrong",
    NumberHint.UNKNOWN_FORMAT: "number_unknown_format",
}


class Parcel(NamedTuple):
    """A shipment as told. The fields are the columns of the table by the same names."""

    order_ref: str
    direction: str
    carrier: str
    tracking_number: str
    number_hint: str
    said_handed_over_at: datetime | None
    said_delivered_at: datetime | None
    signed_by: str


class Waiting(NamedTuple):
    """A scan as it is stored: of a shipment already, or waiting for it."""

    pk: int
    shipment_ref: str
    shipment_pk: int | None
    status: str
    ambiguous: bool
    carrier_code: str
    happened_at: datetime


@dataclass(slots=True)
class Draft:
    """One shipment as the batch leaves it; `pk` None means that it is new."""

    parcel: Parcel
    pk: int | None = None
    order_pk: int | None = None
    was: Parcel | None = None
    facts: ParcelFacts = UNKNOWN
    facts_were: ParcelFacts = UNKNOWN
    trouble: bool = False
    answers: list[Answer] = field(default_factory=list)


def feed_shipments(items: Sequence[Any], now: datetime) -> list[Answer]:
    """Take a batch of shipments (at most 1,000; docs/feed.md); an answer for each, in order.

    Raises BatchTooLarge.
    """
    return take_shipments(read_batch(ADAPTER, items), now)


def take_shipments(reads: Sequence[Read[ShipmentItem]], now: datetime) -> list[Answer]:
    """The second half of `feed_shipments`, for items already read."""
    return batch(lambda alone: _feed(reads, now, alone))


def _feed(reads: Sequence[Read[ShipmentItem]], now: datetime, alone: bool) -> list[Answer]:
    valid = [read.item for read in reads if read.item]
    orders = ids_of({item.order for item in valid})
    if not alone and any(item.order not in orders for item in valid):
        raise NeedsToBeAlone
    drafts = _load({item.external_id for item in valid})
    answers = []
    for read in reads:
        if read.item is None:
            answers.append(Answer.rejected(read.external_id, *read.errors))
        else:
            answers.append(_take(read.item, drafts))
    touched = {ref: d for ref, d in drafts.items() if d.parcel != d.was}
    for draft in touched.values():
        draft.order_pk = orders.get(draft.parcel.order_ref)
    scans = _scans_of(touched)
    _derive(touched, scans)
    _write(touched, scans, now)
    for draft in drafts.values():
        for answer in draft.answers:
            answer.flags = _flags(draft)
    return answers


def _load(refs: set[str]) -> dict[str, Draft]:
    rows = Shipment.objects.select_for_update(no_key=True).filter(Among("external_id", refs))
    drafts = {}
    names = ("external_id", "id", "order_id", *Parcel._fields, *ParcelFacts._fields)
    for ref, pk, order_pk, *values in rows.order_by("id").values_list(*names):
        parcel = Parcel(*values[: len(Parcel._fields)])
        facts = ParcelFacts(*values[len(Parcel._fields) :])
        drafts[ref] = Draft(parcel, pk, order_pk, parcel, facts, facts)
    return drafts


def _take(item: ShipmentItem, drafts: dict[str, Draft]) -> Answer:
    """One item's answer; its draft is made or changed. The later of two items wins."""
    draft = drafts.get(item.external_id)
    parcel = Parcel(
        item.order,
        item.direction.value,
        item.carrier,
        item.tracking_number,
        hint(item.tracking_number, item.carrier).value,
        item.handed_over_at,
        item.delivered_at,
        item.signed_by,
    )
    if draft is None:
        draft = drafts[item.external_id] = Draft(parcel)
        answer = Answer(item.external_id, Result.CREATED)
    elif fixed := _fixed(draft.parcel, parcel):
        return Answer.rejected(item.external_id, fixed)
    else:
        same = parcel == draft.parcel
        answer = Answer(item.external_id, Result.UNCHANGED if same else Result.UPDATED)
    draft.parcel = parcel
    draft.answers.append(answer)
    return answer


def _fixed(was: Parcel, parcel: Parcel) -> ItemError | None:
    """What a parcel may not change once it is known, if it was told otherwise now."""
    for path, before, told in (
        ("order", was.order_ref, parcel.order_ref),
        ("direction", was.direction, parcel.direction),
    ):
        if told != before:
            return ItemError(path, "immutable", f"It was told as {before}, and cannot change.")
    return None


def _scans_of(drafts: dict[str, Draft]) -> dict[str, list[Waiting]]:
    """The scans of `drafts`, joined or waiting, by the shipment's external id."""
    new = [ref for ref, d in drafts.items() if d.pk is None]
    known = [d.pk for d in drafts.values() if d.pk is not None]
    mine = TrackingEvent.objects.filter(Among("shipment_id", known))
    waiting = TrackingEvent.objects.filter(Among("shipment_ref", new), shipment__isnull=True)
    names = ("shipment_id", "status", "ambiguous", "carrier_code", "happened_at")
    scans: defaultdict[str, list[Waiting]] = defaultdict(list)
    for found in (mine, waiting):
        for row in found.values_list("id", "shipment_ref", *names):
            scans[row[1]].append(Waiting(*row))
    return scans


def _derive(drafts: dict[str, Draft], scans: dict[str, list[Waiting]]) -> None:
    """Judge the scans by the shipment's carrier, then the parcel's facts by the scans."""
    for ref, draft in drafts.items():
        told = draft.parcel
        judged = [_judged(scan, told.carrier) for scan in scans.get(ref, [])]
        said = ParcelFacts(told.said_handed_over_at, told.said_delivered_at)
        draft.facts = with_scans(said, [(scan.status, scan.happened_at) for scan in judged])
        new = draft.pk is None and told.direction == Direction.OUTBOUND
        draft.trouble = new and any(scan.status in TROUBLE for scan in judged)
        scans[ref] = judged


def _judged(scan: Waiting, carrier: str) -> Waiting:
    status, ambiguous = judge(carrier, scan.carrier_code, scan.status)
    # A delivery once doubted stays doubted: what was first said of it is no longer known.
    return scan._replace(status=status, ambiguous=ambiguous or scan.ambiguous)


def _write(drafts: dict[str, Draft], scans: dict[str, list[Waiting]], now: datetime) -> None:
    columns = ("order_id", *Parcel._fields, *ParcelFacts._fields, "fed_at")
    new = {ref: d for ref, d in sorted(drafts.items()) if d.pk is None}
    rows = {ref: (d.order_pk, *d.parcel, *d.facts, now) for ref, d in drafts.items()}
    bulk.append(Shipment, ("external_id", *columns), [(ref, *rows[ref]) for ref in new])
    known = [(d.pk, *rows[ref]) for ref, d in drafts.items() if d.pk is not None]
    bulk.update(Shipment, ("id",), columns, known)
    if new:
        found = Shipment.objects.filter(Among("external_id", new))
        for ref, pk in found.values_list("external_id", "id"):
            drafts[ref].pk = pk
    joined = [
        (scan.pk, drafts[ref].pk, scan.status, scan.ambiguous)
        for ref in drafts
        for scan in scans[ref]
        if scan.shipment_pk is None or scan.ambiguous
    ]
    bulk.update(TrackingEvent, ("id",), ("shipment_id", "status", "ambiguous"), joined)
    # A new parcel moves its order even if nothing is known of it: the order waits for it too.
    moved = [d for d in drafts.values() if d.was is None or d.facts != d.facts_were]
    trouble = {d.order_pk for d in drafts.values() if d.trouble and d.order_pk}
    orders, returns = (
        {d.order_pk for d in moved if d.order_pk and d.parcel.direction == direction}
        for direction in (Direction.OUTBOUND, Direction.RETURN)
    )
    on_way = {d.order_pk for d in moved if d.order_pk in orders and d.facts != d.facts_were}
    refresh_orders(orders | trouble, trouble, {pk for pk in on_way if pk}, now)
    tell_returns(returns, now)


def _flags(draft: Draft) -> list[str]:
    flags = [] if draft.order_pk else ["no_order_yet"]
    told = HINT_FLAGS.get(NumberHint(draft.parcel.number_hint))
    return [*flags, told] if told else flags
