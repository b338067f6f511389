"""One process that runs others: starts them, prefixes what they print, and lets none outlive it.

Ctrl-C, SIGTERM, SIGHUP (the terminal is closed) and the death of any child stop all of them. Each
child leads a process group of its own, so that Ctrl-C reaches the supervisor alone and a child's
own children are ended with it. A supervisor that is killed (SIGKILL, out of memory) can end nobody:
for that a guard, a small process, waits for the other end of its pipe to close.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

Write = Callable[[str, str], None]
TICK = 0.1  # seconds between two looks at the children
PATIENCE = 10.0  # seconds a child has to end by itself before it is killed


@dataclass(frozen=True)
class Child:
    """A process to run: the name its lines are prefixed with, and its command."""

    name: str
    command: Sequence[str]


class ChildDied(Exception):
    """A child ended by itself; the others were stopped with it."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(f"{name} ended by itself (exit code {code}).")


# What the guard runs. It reads the numbers of process groups, one a line, until its pipe ends, and
# then ends them; an empty line says that the supervisor has done so itself.
_GUARD = """
import os, signal, sys, time
groups = set()
for line in sys.stdin:
    groups = groups | {int(line)} if line.strip() else set()
def left(number):
    for group in sorted(groups):
        try:
            os.killpg(group, number)
        except OSError:
            groups.discard(group)
    return groups
end = time.monotonic() + float(sys.argv[1])
left(signal.SIGTERM)
while left(0) and time.monotonic() < end:
    time.sleep(0.1)
left(signal.SIGKILL)
"""
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """The running children; every line that one prints goes to `write(name, line)`."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._readers: list[threading.Thread] = []
        self._guard: subprocess.Popen[str] | None = None

    @contextmanager
    def running(
        self, children: Sequence[Child], env: Mapping[str, str] | None = None
    ) -> Iterator[None]:
        """Run `children` for as long as the block lasts; afterwards none is left.

        Inside, SIGTERM and SIGHUP raise KeyboardInterrupt, as Ctrl-C does. Call it in the main
        thread.
        """
        previous = {number: signal.signal(number, _interrupt) for number in _SIGNALS}
        try:
            self._guard = _start_guard()
            for child in children:
                self.start(child, env)
            yield
        finally:
            self.stop()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def start(self, child: Child, env: Mapping[str, str] | None = None) -> None:
        """Start `child`; `env` replaces its environment. Call it inside `running`."""
        process = subprocess.Popen(  # noqa: S603  the command is ours
            child.command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._processes[child.name] = process
        self._tell_guard(str(process.pid))
        reader = threading.Thread(target=self._read, args=(child.name, process), daemon=True)
        reader.start()
        self._readers.append(reader)

    def check(self) -> None:
        """Raise ChildDied if one is no longer running."""
        for name, process in self._processes.items():
            code = process.poll()
            if code is not None:
                raise ChildDied(name, code)

    def wait(self) -> NoReturn:
        """Keep watch until a child dies (ChildDied) or a signal comes (KeyboardInterrupt)."""
        while True:
            self.check()
            time.sleep(TICK)

    def wait_for_answer(self, port: int, path: str, seconds: float) -> None:
        """Return when a GET of `path` is answered. Raises ChildDied or TimeoutError."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.check()
            if answers(port, path):
                return
            time.sleep(TICK)
        raise TimeoutError(f"Nothing answered on port {port} within {seconds:g} seconds.")

    def stop(self) -> None:
        """End every child: ask first, kill what stays. A second Ctrl-C kills at once."""
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        end = time.monotonic() + PATIENCE
        with suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
            for process in self._processes.values():
                process.wait(max(0.0, end - time.monotonic()))
        for process in self._processes.values():
            with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of zombies
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for reader in self._readers:
            reader.join(1)
        self._tell_guard("")
        if self._guard:
            self._guard.communicate()

    def _tell_guard(self, line: str) -> None:
        if self._guard and self._guard.stdin:
            with suppress(BrokenPipeError):  # somebody killed the guard: then there is none
                print(line, file=self._guard.stdin, flush=True)

    def _read(self, name: str, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._write(name, line.rstrip("\n"))


def _start_guard() -> subprocess.Popen[str]:
    command = [sys.executable, "-I", "-S", "-c", _GUARD, str(PATIENCE)]
    return subprocess.Popen(  # noqa: S603  the command is ours
        command, stdin=subprocess.PIPE, text=True, start_new_session=True
    )


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def answers(port: int, path: str) -> bool:
    """Whether a web server on this machine answers at all, with whatever status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def free_port(wanted: int, tries: int = 50) -> int:
    """`wanted`, or the next port of this machine that nobody listens on. Raises OSError."""
    for port in range(wanted, wanted + tries):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"No free port from {wanted} to {wanted + tries - 1}.")
