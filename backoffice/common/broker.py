"""A broker made of files, for one machine: kombu's file-system transport, made safe.

kombu's own writes messages and its exchange tables in place, so a consumer that looks at the wrong
moment reads half of one and crashes. Here everything that others may see is written under another
name in the same folder and then renamed: a file is there whole, or not at all. A message belongs
to whoever manages to unlink it.
"""
# mypy: disable-error-code="no-untyped-call"
# kombu says that it is typed; the functions used here are not.

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.transport.filesystem import LOCK_EX, exchange_queue_t, lock, unlock
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads

Table = list[exchange_queue_t]


class Channel(filesystem.Channel):
    """Queues as files `<time>_<id>.<queue>.msg`, exchange tables as files in the control folder."""

    def __init__(self, connection: Any, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        for folder in (self.data_folder_in, self.data_folder_out):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def get_table(self, exchange: str) -> Table:
        """The bindings of `exchange`; none if nobody declared it."""
        try:
            text = self._exchange_file(exchange).read_bytes()
        except FileNotFoundError:
            return []
        return [exchange_queue_t(*row) for row in loads(bytes_to_str(text))]

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda table: table if row in table else [row, *table])

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any
    ) -> None:
        self._purge(queue)
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda table: [other for other in table if other != row])

    def _change_table(self, exchange: str, change: Callable[[Table], Table]) -> None:
        file = self._exchange_file(exchange)
        with self._table_lock():
            before = self.get_table(exchange)
            after = change(before)
            if after != before:
                write_whole(file, str_to_bytes(dumps(after)))

    @contextmanager
    def _table_lock(self) -> Iterator[None]:
        """One process at a time reads and rewrites the tables; readers need no lock."""
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / "lock").open("wb") as handle:
            lock(handle, LOCK_EX)
            try:
                yield
            finally:
                unlock(handle)

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        """Append `payload` to `queue`; names sort by the clock, so the oldest is read first."""
        # For order among files only. Not kombu's monotonic clock: it starts anew with the machine.
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, str_to_bytes(dumps(payload)))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The oldest message of `queue`, which is then nobody else's. Raises queue.Empty."""
        wanted = f"{queue}.msg"
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != wanted:
                continue
            file = Path(self.data_folder_in) / name
            try:
                content = file.read_bytes()
                file.unlink()
            except FileNotFoundError:
                continue  # another consumer was quicker
            return loads(bytes_to_str(content))
        raise Empty()


class Transport(filesystem.Transport):
    """What CELERY_BROKER_TRANSPORT names. Its folders are transport options, as for kombu's."""

    Channel = Channel


def write_whole(file: Path, content: bytes) -> None:
    """Write `file` so that no reader ever sees a part of it."""
    part = file.with_name(f".{uuid.uuid4()}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)  # only when the disk is full
