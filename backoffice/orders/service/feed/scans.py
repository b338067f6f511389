"""Feeding tracking events: the hot path. No model instances; rows are appended by COPY."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from backoffice.common import bulk
from backoffice.orders.carriers import judge
from backoffice.orders.enums import Direction
from backoffice.orders.models import Shipment, TrackingEvent
from backoffice.orders.queries.among import Among
from backoffice.orders.service.feed.answers import Answer, ItemError, Result
from backoffice.orders.service.feed.items import ScanItem
from backoffice.orders.service.feed.reading import Read, read_batch
from backoffice.orders.service.feed.store import refresh_orders, tell_returns
from backoffice.orders.service.lock import NeedsToBeAlone, batch
from backoffice.orders.verbs.parcels import TROUBLE, ParcelFacts, Scan, with_scans

ADAPTER = TypeAdapter(ScanItem)


class Parcel(NamedTuple):
    """A shipment that scans are of."""

    pk: int
    order_pk: int | None
    direction: str
    carrier: str
    facts: ParcelFacts


class Row(NamedTuple):
    """A scan. The fields are the columns of the table by the same names."""

    shipment_ref: str
    status: str
    ambiguous: bool
    carrier_code: str
    happened_at: datetime
    description: str
    location: str

    @property
    def said(self) -> tuple[Any, ...]:
        """What never changes; the two texts that follow may."""
        return self[:5]


class Drafts(NamedTuple):
    """Scans by external id: what was stored, and what is new or changed."""

    stored: dict[str, Row]
    new: dict[str, Row]
    changed: dict[str, Row]


def feed_tracking_events(items: Sequence[Any], now: datetime) -> list[Answer]:
    """Take a batch of scans (at most 1,000; docs/feed.md); an answer for each, in order.

    Raises BatchTooLarge.
    """
    return take_tracking_events(read_batch(ADAPTER, items), now)


def take_tracking_events(reads: Sequence[Read[ScanItem]], now: datetime) -> list[Answer]:
    """The second half of `feed_tracking_events`, for items already read."""
    return batch(lambda alone: _feed(reads, now, alone))


def _feed(reads: Sequence[Read[ScanItem]], now: datetime, alone: bool) -> list[Answer]:
    valid = [(read.item.ref(), read.item) for read in reads if read.item]
    parcels = _parcels({item.shipment for _, item in valid})
    joined = {ref for ref, parcel in parcels.items() if parcel.order_pk}
    if not alone and any(item.shipment not in joined for _, item in valid):
        raise NeedsToBeAlone
    drafts = Drafts(_stored({ref for ref, _ in valid}), {}, {})
    taken = iter(valid)
    answers = []
    for read in reads:
        if read.item is None:
            answers.append(Answer.rejected(read.external_id, *read.errors))
        else:
            ref, item = next(taken)
            answers.append(_take(ref, item, parcels.get(item.shipment), drafts))
    _write(drafts, parcels, now)
    _roll_up(drafts.new, parcels, now)
    return answers


def _parcels(refs: set[str]) -> dict[str, Parcel]:
    """The shipments of `refs`, locked: neither their carrier nor their facts move meanwhile."""
    rows = Shipment.objects.select_for_update(no_key=True).filter(Among("external_id", refs))
    names = ("external_id", "id", "order_id", "direction", "carrier", *ParcelFacts._fields)
    return {
        ref: Parcel(pk, order_pk, direction, carrier, ParcelFacts(*facts))
        for ref, pk, order_pk, direction, carrier, *facts in rows.order_by("id").values_list(*names)
    }


def _stored(refs: set[str]) -> dict[str, Row]:
    rows = TrackingEvent.objects.filter(Among("external_id", refs))
    return {ref: Row(*row) for ref, *row in rows.values_list("external_id", *Row._fields)}


def _take(ref: str, item: ScanItem, parcel: Parcel | None, drafts: Drafts) -> Answer:
    """One item's answer. A scan is final but for its texts, of which the later told stay."""
    code = item.carrier_code
    # Whose code it is, only the shipment tells; without it, the scan is judged when it is joined.
    said = item.status.value
    status, ambiguous = judge(parcel.carrier, code, said) if parcel else (said, False)
    row = Row(
        item.shipment,
        status,
        ambiguous,
        code,
        item.happened_at,
        item.description,
        item.location,
    )
    before = drafts.new.get(ref) or drafts.changed.get(ref) or drafts.stored.get(ref)
    if before is None:
        result = Result.CREATED
        drafts.new[ref] = row
    elif before == row:
        result = Result.UNCHANGED
    elif before.said != row.said:
        why = "A scan with this id says something else; a new scan needs a new id."
        return Answer.rejected(ref, ItemError("external_id", "immutable", why))
    else:
        result = Result.UPDATED
        (drafts.new if ref in drafts.new else drafts.changed)[ref] = row
    flags = ["ambiguous_code"] if ambiguous else []
    return Answer(ref, result, flags if parcel else [*flags, "no_shipment_yet"])


def _write(drafts: Drafts, parcels: dict[str, Parcel], now: datetime) -> None:
    # In order of id, so that two batches with the same new ids wait for, not on, each other.
    new = sorted(drafts.new.items())
    pks = {ref: parcel.pk for ref, parcel in parcels.items()}
    columns = ("external_id", "shipment_id", "fed_at", *Row._fields)
    bulk.append(
        TrackingEvent, columns, [(ref, pks.get(row.shipment_ref), now, *row) for ref, row in new]
    )
    texts = [(ref, row.description, row.location) for ref, row in drafts.changed.items()]
    bulk.update(TrackingEvent, ("external_id",), ("description", "location"), texts)


def _roll_up(new: dict[str, Row], parcels: dict[str, Parcel], now: datetime) -> None:
    """What the new scans mean for their shipments and orders."""
    scans: defaultdict[str, list[Scan]] = defaultdict(list)
    trouble = set()
    for row in new.values():
        scans[row.shipment_ref].append((row.status, row.happened_at))
        if row.status in TROUBLE:
            trouble.add(row.shipment_ref)
    moved = []
    outbound: set[int | None] = set()
    returns: set[int | None] = set()
    known = [parcels[ref] for ref in trouble if ref in parcels]
    orders = {parcel.order_pk for parcel in known if parcel.direction == Direction.OUTBOUND}
    troubled = {pk for pk in orders if pk}
    for ref, told in scans.items():
        if (parcel := parcels.get(ref)) and (
            facts := with_scans(parcel.facts, told)
        ) != parcel.facts:
            moved.append((parcel.pk, *facts))
            (outbound if parcel.direction == Direction.OUTBOUND else returns).add(parcel.order_pk)
    bulk.update(Shipment, ("id",), ParcelFacts._fields, moved)
    on_way = {pk for pk in outbound if pk}
    refresh_orders(troubled | on_way, troubled, on_way, now)
    tell_returns(returns, now)
