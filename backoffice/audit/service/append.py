"""Appending to chains: always inside the caller's transaction, under the caller's lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backoffice.audit import catalogue
from backoffice.audit.chain import GENESIS, event_hash
from backoffice.audit.models import Event
from backoffice.audit.queries import heads_of
from backoffice.common.actors import Actor
from backoffice.common.bulk import append as append_rows
from backoffice.common.canonical import canonical_json

COLUMNS = (
    "subject_kind",
    "subject_id",
    "seq",
    "action",
    "actor_kind",
    "actor_ref",
    "actor",
    "at",
    "data",
    "previous_hash",
    "hash",
)
Subject = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Something that happened: `action` is in the catalogue, `data` is JSON without floats."""

    subject_kind: str
    subject_id: str
    action: str
    actor: Actor
    at: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many events it has and the last one's hash."""

    length: int = 0
    hash: str = GENESIS


def append(
    events: Iterable[NewEvent], heads: Mapping[Subject, Head] | None = None
) -> dict[Subject, Head]:
    """Append `events` in order and return the new head of each chain touched.

    `heads` are the present ends where the caller holds them (a case keeps its own); without it
    they are read. Two writers of one chain cannot both win: the database refuses the second.
    """
    events = list(events)
    if heads is None:
        subjects = {(e.subject_kind, e.subject_id) for e in events}
        heads = {key: Head(*value) for key, value in heads_of(subjects).items()}
    ends = dict(heads)
    rows = []
    for event in events:
        catalogue.find(event.action)
        key = (event.subject_kind, event.subject_id)
        head = ends.get(key, Head())
        actor = event.actor.to_json()
        seq = head.length + 1
        digest = event_hash(*key, seq, event.action, actor, event.at, event.data, head.hash)
        rows.append(
            (
                *key,
                seq,
                event.action,
                str(event.actor.kind),
                event.actor.ref,
                canonical_json(actor).decode(),
                event.at,
                canonical_json(event.data).decode(),
                head.hash,
                digest,
            )
        )
        ends[key] = Head(seq, digest)
    append_rows(Event, COLUMNS, rows)
    return ends
