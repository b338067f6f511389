"""Messages in files: none lost, none twice, none half-read, whoever writes and reads at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from kombu import Connection

from backoffice.common.broker import Transport, write_whole

BIG = 200_000  # far more than is written at once: a reader would catch a part of it

WRITE = """
import sys
from kombu import Connection
from tests.common.test_broker import BIG, connect
folder, name, count = sys.argv[1:]
with connect(folder) as connection:
    queue = connection.SimpleQueue("work")
    for number in range(int(count)):
        queue.put({"id": f"{name}-{number}", "filler": "x" * BIG})
"""
READ = """
import sys, time
from queue import Empty
from tests.common.test_broker import BIG, connect
with connect(sys.argv[1]) as connection:
    queue = connection.SimpleQueue("work")
    while True:
        try:
            message = queue.get(timeout=3)
        except Empty:
            break
        assert len(message.payload["filler"]) == BIG
        message.ack()
        print(message.payload["id"], flush=True)
"""


def connect(folder: Path | str) -> Connection:
    """A connection to a broker in `folder`. kombu remembers declared queues for the process's life:

    tests in one process use queues of their own.
    """
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": f"{folder}/control",
        "polling_interval": 0.01,
    }
    return Connection("filesystem://", transport=Transport, transport_options=options)


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_put_and_get_keep_the_order(tmp_path: Path) -> None:
    with connect(tmp_path / "broker") as connection:
        queue = connection.SimpleQueue("order")
        for number in range(5):
            queue.put({"id": number})
        got = [queue.get(timeout=1).payload["id"] for _ in range(5)]
    assert got == [0, 1, 2, 3, 4]


def test_two_writers_and_two_readers_lose_and_double_nothing(tmp_path: Path) -> None:
    readers = [run(READ, tmp_path) for _ in range(2)]
    writers = [run(WRITE, tmp_path, name, 100) for name in "ab"]
    errors = [process.communicate(timeout=60)[1] for process in writers]
    outputs = [process.communicate(timeout=60) for process in readers]
    assert [*errors, *(error for _, error in outputs)] == [""] * 4
    got = Counter(" ".join(output for output, _ in outputs).split())
    assert got == Counter(f"{name}-{number}" for name in "ab" for number in range(100))
    assert [file.name for file in tmp_path.iterdir()] == ["control"]


def test_get_passes_over_a_file_that_is_being_written(tmp_path: Path) -> None:
    with connect(tmp_path) as connection:
        queue = connection.SimpleQueue("half")
        (tmp_path / ".0.half.msg.part").write_text('{"half": ')
        queue.put({"id": 1})
        assert queue.get(timeout=1).payload == {"id": 1}


def test_processes_that_declare_at_once_all_keep_their_bindings(tmp_path: Path) -> None:
    declare = "\n".join(
        [
            "import sys",
            "from kombu import Exchange, Queue",
            "from tests.common.test_broker import connect",
            "with connect(sys.argv[1]) as connection:",
            "    for n in range(20):",
            "        Queue(f'{sys.argv[2]}{n}', Exchange('x'), 'key')(connection).declare()",
        ]
    )
    processes = [run(declare, tmp_path, name) for name in "abc"]
    assert [process.communicate(timeout=60)[1] for process in processes] == [""] * 3
    bound = {row[2] for row in json.loads((tmp_path / "control" / "x.exchange").read_text())}
    assert bound == {f"{name}{n}" for name in "abc" for n in range(20)}


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_whole(tmp_path / "taken", b"content")
    assert [file.name for file in tmp_path.iterdir()] == ["taken"]


def test_names_sort_by_a_clock_that_outlives_a_reboot(tmp_path: Path) -> None:
    before = time.time_ns()
    with connect(tmp_path) as connection:
        connection.SimpleQueue("clock").put({"id": 1})
    (name,) = (file.name for file in tmp_path.glob("*.msg"))
    assert before < int(name.partition("_")[0]) < time.time_ns()
