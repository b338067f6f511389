"""Proving the history: every chain re-computed, its end compared, the books reconciled.

Memory stays flat however many events there are: events stream in the order of their chains, and
ends are compared in batches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, transaction

from backoffice.audit.chain import GENESIS, event_hash
from backoffice.audit.models import Event
from backoffice.audit.queries import heads_of

BATCH = 2_000
FIELDS = (
    "subject_kind",
    "subject_id",
    "seq",
    "action",
    "actor",
    "at",
    "data",
    "previous_hash",
    "hash",
    "actor_kind",
    "actor_ref",
)
Heads = Callable[[], Iterable[tuple[str, int, str]]]
Problems = Callable[[], Iterable[str]]
_heads: dict[str, Heads] = {}
_reconciliations: dict[str, Problems] = {}


def register_heads(subject_kind: str, heads: Heads) -> None:
    """Tell where the ends of the chains of `subject_kind` are kept beside the chains themselves.

    `heads()` yields each subject's id, its chain's length and last hash. With it a chain whose
    tail was cut off is seen; without it only the chain's inside is proven.
    """
    _heads[subject_kind] = heads


def register_reconciliation(name: str, problems: Problems) -> None:
    """Add a check of the books: `problems()` yields one sentence for each thing that is wrong."""
    _reconciliations[name] = problems


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as of one moment, while others go on writing.

    A read transaction of its own: the caller must not be in one.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Not atomic(): that is IMMEDIATE here, and would keep every writer out.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that does not hold: whose chain, where in it, and why."""

    subject_kind: str
    subject_id: str
    seq: int
    why: str

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}, event {self.seq}: {self.why}"


@dataclass(slots=True)
class Tally:
    """What was looked at: events and chains, by kind of subject."""

    events: int = 0
    chains: Counter[str] = field(default_factory=Counter)


def check_chains(tally: Tally, step: Callable[[int], object] = lambda n: None) -> Broken | None:
    """The first broken link of any chain, in the order of subjects; `step(n)` tells progress."""
    subject, seq, previous = ("", ""), 0, GENESIS
    order = ("subject_kind", "subject_id", "seq")
    rows = Event.objects.order_by(*order).values_list(*FIELDS).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            if (row[0], row[1]) != subject:
                subject, seq, previous = (row[0], row[1]), 0, GENESIS
                tally.chains[row[0]] += 1
            seq += 1
            if why := _why_broken(row, seq, previous):
                return Broken(*subject, seq, why)
            previous = row[8]
        tally.events += len(batch)
        step(len(batch))
    return None


def _why_broken(row: tuple[Any, ...], seq: int, previous: str) -> str:
    """What is wrong with an event that should be number `seq` after `previous`; "" if nothing."""
    kind, ref, found_seq, action, actor, at, data, previous_hash, digest, *columns = row
    if found_seq != seq:
        return f"it is missing; the next one found is {found_seq}"
    if previous_hash != previous:
        return "its previous_hash is not the hash of the event before"
    if event_hash(kind, ref, seq, action, actor, at, data, previous) != digest:
        return "its content does not give its hash"
    if [actor.get("kind"), actor.get("ref")] != columns:
        return "its actor columns differ from the actor that was sealed"
    return ""


def check_heads(tally: Tally) -> Iterator[Broken | str]:
    """Chains whose end is not what their subject remembers: a tail cut off, or a subject gone."""
    for kind, heads in sorted(_heads.items()):
        source, subjects = iter(heads()), 0
        while batch := list(islice(source, BATCH)):
            subjects += sum(length > 0 for _, length, _ in batch)
            yield from _compare(kind, batch)
        if subjects < tally.chains[kind]:
            lost = tally.chains[kind] - subjects
            yield f"{kind}: chains whose {kind} is gone: {lost}"


def _compare(kind: str, batch: list[tuple[str, int, str]]) -> Iterator[Broken]:
    found = heads_of((kind, ref) for ref, _, _ in batch)
    for ref, length, digest in batch:
        there, end = found.get((kind, ref), (0, GENESIS))
        if there < length:
            yield Broken(kind, ref, there + 1, f"the chain ends before it; it had {length} events")
        elif there > length:
            yield Broken(kind, ref, length + 1, f"its {kind} knows of {length} events only")
        elif end != digest:
            yield Broken(kind, ref, length, f"its {kind} remembers another hash")


def reconcile() -> Iterator[tuple[str, str]]:
    """Everything the apps' own checks complain of: the check's name and a sentence."""
    for name, problems in sorted(_reconciliations.items()):
        for problem in problems():
            yield name, problem
