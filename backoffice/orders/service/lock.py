"""The feed's lock: many batches at once, or one alone. Also the barrier for who reads changes.

Two batches may bring the same new ids, or a shipment and, at the same time, its order: neither
sees the other's rows, so one would fail on a unique constraint or the two would never be joined.
Every batch therefore works under a shared advisory lock; one that fails on such a constraint, or
that brings something whose order or shipment is not there yet, is rolled back and done again
under the exclusive lock, when nobody else is at work and every commit can be seen. Both are rare,
so batches run side by side (bench/feed.py). On SQLite writers queue anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from backoffice.common.collector import collector_at_rest

T = TypeVar("T")
KEY = 0x0FEED
# PostgreSQL's deadlock_detected: another batch had part of our rows, and we part of its.
DEADLOCK = "40P01"


class NeedsToBeAlone(Exception):
    """Raised by the work of a batch that cannot be right while another is under way."""


class QuickTime(Loader):
    """Reads a timestamptz of a connection whose zone is UTC, as Django's are.

    Django's own loader takes five times as long, and times are most of what a batch reads.
    """

    timezone = UTC  # for Django, which puts its own in the place of one of another zone

    def load(self, data: Buffer) -> datetime:
        """Such as `2026-03-01 12:00:00+00`."""
        return datetime.fromisoformat(str(data, "ascii"))


def batch(work: Callable[[bool], T]) -> T:
    """Run `work(alone)` in a transaction under the feed's lock; once more, alone, if contested.

    Raises what `work` raises when it is alone.
    """
    try:
        with collector_at_rest(), transaction.atomic():
            _lock("pg_advisory_xact_lock_shared")
            _read_times_quickly()
            return work(connection.vendor != "postgresql")
    except (NeedsToBeAlone, IntegrityError):
        pass
    except OperationalError as exc:
        if getattr(exc.__cause__, "sqlstate", None) != DEADLOCK:
            raise
    with transaction.atomic():
        _lock("pg_advisory_xact_lock")
        return work(True)


@contextmanager
def no_writers() -> Iterator[None]:
    """Wait until every batch under way has ended, and let none begin inside the block.

    Read inside it; what is written inside it is undone, for leaving it rolls back to its start,
    which gives the lock back. Call it in a transaction.
    """
    point = transaction.savepoint()
    _lock("pg_advisory_xact_lock")
    yield
    transaction.savepoint_rollback(point)


def _read_times_quickly() -> None:
    if connection.vendor == "postgresql":
        connection.connection.adapters.register_loader("timestamptz", QuickTime)


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [KEY])
