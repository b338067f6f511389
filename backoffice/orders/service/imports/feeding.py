"""Feeding what an import makes, by worker processes where that is possible."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, connections
from pydantic import TypeAdapter

from backoffice.orders.service.feed import Answer, ItemError, orders, scans, shipments
from backoffice.orders.service.feed.answers import Result
from backoffice.orders.service.feed.reading import Read, read_batch
from backoffice.orders.service.imports.items import Made

# Larger than what the API takes at once: a batch costs a dozen statements, however large it is.
BATCH = 2_000
MAX_WORKERS = 4
Notable = tuple[int, Result, list[str], list[ItemError]]
"""The place in its batch of an answer that has flags or errors, and what it says."""
Told = tuple[Counter[str], list[Notable]]
"""A batch's answers as they travel between processes: counted, and the notable ones."""


class Fed(NamedTuple):
    """A batch that was fed: how many of each result, and the answers with flags or errors."""

    made: list[Made]
    results: Counter[str]
    notable: list[tuple[Made, Answer]]


class Feed(NamedTuple):
    """How a section's items are read and taken, and whether batches may be taken in any order.

    Scans may: they only add. Of orders and shipments the later one told wins.
    """

    adapter: TypeAdapter[Any]
    take: Callable[[Sequence[Read[Any]], datetime], list[Answer]]
    any_order: bool = False


FEEDS = {
    "orders": Feed(orders.ADAPTER, orders.take_orders),
    "shipments": Feed(shipments.ADAPTER, shipments.take_shipments),
    "tracking_events": Feed(scans.ADAPTER, scans.take_tracking_events, any_order=True),
}


def feed_all(section: str, items: Iterator[Made], now: datetime) -> Iterator[Fed]:
    """Feed `items` in batches, and give back each batch with its answers, in order."""
    batches = iter(lambda: list(islice(items, BATCH)), [])
    processes = workers() if FEEDS[section].any_order else 1
    first = list(islice(batches, processes))
    if len(first) < processes or processes == 1:  # too few to begin processes for
        for made in _chain(first, batches):
            yield _answered(made, _feed(section, _sound(made), now))
        return
    # A connection cannot be shared with the processes that fork off.
    connections.close_all()
    close_pool: Callable[[], None] = getattr(connection, "close_pool")  # noqa: B009  PostgreSQL's
    close_pool()
    fork = multiprocessing.get_context("fork")
    waiting: deque[tuple[list[Made], Future[Told]]] = deque()
    with ProcessPoolExecutor(processes, fork) as pool:
        for made in _chain(first, batches):
            waiting.append((made, pool.submit(_feed, section, _sound(made), now)))
            if len(waiting) > 2 * processes:
                done, future = waiting.popleft()
                yield _answered(done, future.result())
        for done, future in waiting:
            yield _answered(done, future.result())


def _chain(first: list[list[Made]], rest: Iterator[list[Made]]) -> Iterator[list[Made]]:
    yield from first
    yield from rest


def workers() -> int:
    """How many processes may feed: one where writers queue, or would not see what we wrote."""
    alone = connection.vendor != "postgresql" or connection.in_atomic_block
    if alone or sys.platform != "linux":  # forking is safe there alone
        return 1
    return max(1, min(MAX_WORKERS, os.cpu_count() or 1))


def _sound(batch: list[Made]) -> list[dict[str, Any]]:
    return [made.item for made in batch if not made.errors]


def _feed(section: str, items: list[dict[str, Any]], now: datetime) -> Told:
    feed = FEEDS[section]
    answers = feed.take(read_batch(feed.adapter, items, BATCH), now)
    notable = [
        (place, answer.result, answer.flags, answer.errors)
        for place, answer in enumerate(answers)
        if answer.flags or answer.errors
    ]
    return Counter([answer.result for answer in answers]), notable


def _answered(batch: list[Made], told: Told) -> Fed:
    results, notable = told
    unsound = [made for made in batch if made.errors]
    results[Result.REJECTED] += len(unsound)
    sound = [made for made in batch if not made.errors] if unsound else batch
    answers = [(made, Answer.rejected(None, *made.errors)) for made in unsound]
    answers += [
        (sound[i], Answer(None, result, flags, errors)) for i, result, flags, errors in notable
    ]
    answers.sort(key=lambda answered: answered[0].line)
    return Fed(batch, +results, answers)
