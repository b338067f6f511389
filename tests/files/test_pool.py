"""Processes that crash, hang or die hurt nobody but their own photo."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from backoffice.files.enums import Format
from backoffice.files.pipeline.pool import Busy, Pool
from backoffice.files.pipeline.results import Unfit
from tests.files.photos import a_photo

CRASHES = (sys.executable, "-c", "import os; os.read(0, 1); os.abort()")
HANGS = (sys.executable, "-c", "import time; time.sleep(60)")
LIES = (sys.executable, "-c", "import os; os.read(0, 1); os.write(1, b'nonsense' * 99)")


LIES_ON = (sys.executable, "-c", f"{LIES[2]}; import time; time.sleep(60)")


@pytest.mark.parametrize("command", [CRASHES, LIES, LIES_ON], ids=["crash", "lie", "lie on"])
def test_a_crash_refuses_the_photo(command: tuple[str, ...]) -> None:
    pool = Pool(1, command=command)
    for _ in range(3):
        with pytest.raises(Unfit, match="malformed"):
            pool.make(a_photo(), Format.JPEG)


def test_a_hang_ends_in_time() -> None:
    with pytest.raises(Unfit, match="malformed"):
        Pool(1, seconds=0.3, command=HANGS).make(a_photo() * 50, Format.JPEG)


def test_a_killed_worker_is_replaced() -> None:
    pool = Pool(1)
    pool.make(a_photo(), Format.JPEG)
    os.kill(pool._idle[0].process.pid, signal.SIGKILL)
    pool._idle[0].process.wait()
    assert pool.make(a_photo(), Format.JPEG).width == 40
    pool.close()


def test_workers_are_kept_and_shared_by_threads() -> None:
    pool = Pool(2)
    with ThreadPoolExecutor(6) as threads:
        photos = list(threads.map(lambda _: pool.make(a_photo(), Format.JPEG), range(24)))
    assert {photo.width for photo in photos} == {40}
    assert len(pool._idle) <= 2
    pool.close()


def test_a_worker_is_replaced_after_many_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backoffice.files.pipeline.pool.JOBS", 2)
    pool = Pool(1)
    for _ in range(2):
        pool.make(a_photo(), Format.JPEG)
    assert pool._idle == []


def test_a_worker_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    pool = Pool(1)
    pool.make(a_photo(), Format.JPEG)
    with open(f"/proc/{pool._idle[0].process.pid}/environ", "rb") as environ:
        assert b"SECRET_KEY" not in environ.read()
    pool.close()


def test_a_photo_waits_for_a_worker_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backoffice.files.pipeline.pool.PATIENCE", 0.1)
    pool = Pool(1, seconds=1, command=HANGS)
    with ThreadPoolExecutor(1) as thread:
        hanging = thread.submit(pool.make, a_photo(), Format.JPEG)
        with pytest.raises(Busy):
            pool.make(a_photo(), Format.JPEG)
        assert isinstance(hanging.exception(), Unfit)
