"""The decoding processes of this process: few, long-lived, ended when they crash or hang.

They are started as programs, not forked, so threads (gunicorn, tests) and Celery's own children
may use them alike.
"""

from __future__ import annotations

import atexit
import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from backoffice.common.errors import DomainError
from backoffice.files.enums import Format
from backoffice.files.pipeline import frames
from backoffice.files.pipeline.results import Photo, Unfit

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "backoffice.files.pipeline.worker")
SECONDS = 20  # of the clock, for one photo; worker.py bounds those of the processor
PATIENCE = 30  # to wait for a free worker
JOBS = 200  # then a worker is replaced: what its libraries leaked goes with it
KEPT = ("PATH", "LD_LIBRARY_PATH")  # of the environment: no secret
log = logging.getLogger(__name__)


class Busy(DomainError):
    """Every worker is taken, and has been for long."""

    status = 503
    code = "try_again"


class _Worker:
    """One process and what it has done."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self.jobs = 0
        kept = {
            name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ
        }
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=kept | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        )

    def work(self, content: bytes, format_: Format, seconds: float) -> Photo:
        """Have one photo made. Raises Unfit; others where the process died or answers nonsense."""
        self.jobs += 1
        clock = threading.Timer(seconds, self.process.kill)
        clock.start()
        try:
            frames.write(cast(IO[bytes], self.process.stdin), {"format": format_}, content)
            head, blobs = frames.read(cast(IO[bytes], self.process.stdout))
        finally:
            clock.cancel()
        if "unfit" in head:
            raise Unfit(head["unfit"])
        shown = {name: head[name] for name in ("width", "height", "facts", "fingerprints")}
        return Photo(**shown, view=blobs[0], large=blobs[1], small=blobs[2])

    def end(self) -> int:
        """Kill it, if it still lives; how it ended."""
        self.process.kill()
        code = self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what was still to be written to a dead process
                cast(IO[bytes], stream).close()
        return code


class Pool:
    """At most `size` workers, started when they are needed."""

    def __init__(
        self, size: int, seconds: float = SECONDS, command: tuple[str, ...] = COMMAND
    ) -> None:
        self.seconds, self.command = seconds, command
        self._free = threading.BoundedSemaphore(size)
        self._idle: list[_Worker] = []  # append and pop are atomic

    def make(self, content: bytes, format_: Format) -> Photo:
        """The photo made anew. Raises Unfit (`malformed` also where its worker died), or Busy."""
        if not self._free.acquire(timeout=PATIENCE):
            raise Busy("Too many photos are being looked at; send it again in a moment.")
        try:
            return self._with_worker(content, format_)
        finally:
            self._free.release()

    def _with_worker(self, content: bytes, format_: Format) -> Photo:
        worker = self._take()
        try:
            photo = worker.work(content, format_, self.seconds)
        except Unfit:
            self._put_back(worker)
            raise
        except (EOFError, OSError, ValueError, LookupError, TypeError) as error:
            log.warning("A photo ended its worker (%s); it is refused.", worker.end())
            raise Unfit("malformed") from error
        except BaseException:
            worker.end()
            raise
        self._put_back(worker)
        return photo

    def _take(self) -> _Worker:
        """An idle worker that still lives, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.poll() is None:
                return worker
            worker.end()
        return _Worker(self.command)

    def _put_back(self, worker: _Worker) -> None:
        if worker.jobs < JOBS:
            self._idle.append(worker)
        else:
            worker.end()

    def close(self) -> None:
        """End the idle workers."""
        while self._idle:
            self._idle.pop().end()


_pools: dict[int, Pool] = {}
_lock = threading.Lock()


def pool(size: int) -> Pool:
    """This process's pool of `size`; a forked child gets its own, for pipes cannot be shared."""
    with _lock:
        mine = _pools.get(os.getpid())
        if mine is None:
            _pools.clear()
            mine = _pools[os.getpid()] = Pool(size)
            atexit.register(mine.close)
        return mine


def _forget() -> None:
    """In a child just forked: the lock may have been held by a thread that is not here."""
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget)
