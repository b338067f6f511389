"""No child outlives the supervisor, whatever ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backoffice.common.supervisor import Child, ChildDied, Supervisor, free_port

# A child with a child of its own, both of which say who they are.
FAMILY = """
import os, subprocess, sys, time
own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("pids", os.getpid(), own.pid, flush=True)
time.sleep(600)
"""
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{FAMILY}"
SUPERVISE = """
import sys
from backoffice.common import supervisor
from backoffice.common.supervisor import Child, Supervisor
supervisor.PATIENCE = {}
children = [Child("c" + str(n), [sys.executable, "-c", s]) for n, s in enumerate(sys.argv[1:])]
try:
    running = Supervisor(lambda name, line: print(name, line, flush=True))
    with running.running(children):
        running.wait()
except KeyboardInterrupt:
    sys.exit(5)
"""


def supervise(*scripts: str, patience: float = 10) -> tuple[subprocess.Popen[str], list[int]]:
    """A supervisor of these scripts in a process of its own, and the pids below it."""
    command = [sys.executable, "-c", SUPERVISE.format(patience), *scripts]
    process = subprocess.Popen(command, text=True, stdout=subprocess.PIPE)
    assert process.stdout is not None
    pids = [int(pid) for _ in scripts for pid in process.stdout.readline().split()[2:]]
    return process, pids


def alive(pids: list[int]) -> list[int]:
    """Those of `pids` still running after a moment's grace; a zombie is not."""
    end = time.monotonic() + 3
    while (left := [pid for pid in pids if running(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    if not stat.parent.parent.exists():
        return subprocess.run(["ps", "-p", str(pid)], capture_output=True).returncode == 0
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_every_process(number: signal.Signals) -> None:
    process, pids = supervise(FAMILY, FAMILY)
    assert all(map(running, pids))
    process.send_signal(number)
    assert (process.wait(20), alive(pids)) == (5, [])


@pytest.mark.parametrize("family", [FAMILY, STUBBORN])
def test_killed_supervisor_leaves_no_process(family: str) -> None:
    process, pids = supervise(family, patience=0.5)
    assert all(map(running, pids))
    process.kill()
    process.wait(20)
    assert alive(pids) == []


def test_death_of_one_child_stops_the_others() -> None:
    process, pids = supervise(FAMILY, FAMILY)
    os.kill(pids[0], signal.SIGKILL)
    assert (process.wait(20), alive(pids)) == (1, [])


def test_child_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backoffice.common.supervisor.PATIENCE", 0.5)
    lines: list[str] = []
    child = Child("stubborn", [sys.executable, "-c", STUBBORN])
    with Supervisor(lambda name, line: lines.append(line)).running([child]):
        while not lines:
            time.sleep(0.05)
    assert alive([int(pid) for pid in lines[0].split()[1:]]) == []


def test_lines_carry_the_name_of_their_child() -> None:
    lines: list[tuple[str, str]] = []
    child = Child("talker", [sys.executable, "-c", "print('hello'); print('you')"])
    supervisor = Supervisor(lambda name, line: lines.append((name, line)))
    died = pytest.raises(ChildDied, match=r"talker ended by itself \(exit code 0\)")
    with died, supervisor.running([child]):
        supervisor.wait()
    assert lines == [("talker", "hello"), ("talker", "you")]


def test_signals_are_given_back_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Supervisor(lambda name, line: None).running([]):
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_free_port_passes_over_one_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port
