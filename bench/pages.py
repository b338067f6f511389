"""Bench (c): the queue page and the case list of the API, at 10,000 cases and at 1,000,000.

Both databases are filled first; then the pages are asked for in turn, one request here, one there,
so that a busy moment of the machine strikes both.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import IO

from bench.harness import close_all, median, memory_mb, own_database, seconds, show, use

PAGES = {
    "home": "/admin/",
    "queue": "/admin/disputes/case/queue/",
    "queue, open": "/admin/disputes/case/queue/?view=open",
    "API, all": "/api/v1/disputes",
    "API, under review": "/api/v1/disputes?status=UNDER_REVIEW",
    "API, of a seller": "/api/v1/disputes?seller=S7&page_size=10",
    "API, resolved": "/api/v1/disputes?status=RESOLVED",
}
WANTED = 1.3
ROUNDS = 41


def main() -> None:
    """Compare; or, with --url, answer for one database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    if options.url:
        serve(options.url, options.many)
    else:
        compare(options.few, options.many)


def compare(few: int, many: int) -> None:
    """Both sizes, each in a process and database of its own, page by page in turn."""
    with ExitStack() as stack:
        asks = []
        for cases in (few, many):
            url = stack.enter_context(own_database(f"redress_bench_pages_{cases}"))
            asks.append(stack.enter_context(Server(url, cases)).ask)
        times: dict[str, tuple[list[float], list[float]]] = {page: ([], []) for page in PAGES}
        for _ in range(ROUNDS):
            for page, (small, large) in times.items():
                small.append(asks[0](page))
                large.append(asks[1](page))
        memory = [f"{ask('memory'):.0f}" for ask in asks]
    medians = {page: (median(small), median(large)) for page, (small, large) in times.items()}
    rows = [
        [page, f"{a * 1000:.1f}", f"{b * 1000:.1f}", f"{b / a:.2f}"]
        for page, (a, b) in medians.items()
    ]
    rows.append(["memory, MB", *memory, ""])
    show("milliseconds a page", ["page", f"{few:,} cases", f"{many:,} cases", "ratio"], rows)
    worst = max(b / a for a, b in medians.values())
    print(f"worst ratio {worst:.2f} (wanted: at most {WANTED})")


class Server:
    """A process with a filled database that is asked for a page, and says how long it took."""

    def __init__(self, url: str, cases: int) -> None:
        command = [sys.executable, "-m", "bench.pages", "--url", url, "--many", str(cases)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._read()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *error: object) -> None:
        self._pipe("stdin").close()
        self._process.wait()

    def ask(self, page: str) -> float:
        """The seconds `page` took; or its memory in MB for "memory"."""
        self._pipe("stdin").write(page + "\n")
        return self._read()

    def _read(self) -> float:
        return float(self._pipe("stdout").readline())

    def _pipe(self, name: str) -> IO[str]:
        pipe: IO[str] = getattr(self._process, name)
        return pipe


def serve(url: str, cases: int) -> None:
    """Fill the database, then time what standard input names, line by line."""
    get = filled(url, cases)
    for page in PAGES.values():
        get(page)  # the first one is slower
    print(0, flush=True)
    for line in sys.stdin:
        name = line.strip()
        told = memory_mb() if name == "memory" else seconds(lambda: get(PAGES[name]))  # noqa: B023  called at once
        print(told, flush=True)
    close_all()


def filled(url: str, cases: int) -> Callable[[str], None]:
    """Fill the database at `url`; what gets a page of it, or ends the bench."""
    use(url)
    from django.core.management import call_command
    from django.test import Client
    from rest_framework.test import APIClient

    from backoffice.accounts.enums import Scope
    from backoffice.accounts.models import User
    from backoffice.accounts.service import create_client
    from bench.fill import NOW, analyze, fill_lifelike

    call_command("migrate", verbosity=0)
    for first in range(1, cases, 100_000):
        fill_lifelike(first, min(first + 99_999, cases), NOW - timedelta(days=first / 10_000))
    analyze()
    staff = Client()
    staff.force_login(User.objects.create_superuser("bench@example.com", "x"))
    _, key = create_client("bench", [Scope.DISPUTES_READ], NOW)
    api = APIClient(headers={"Authorization": f"Bearer {key}"})

    def get(address: str) -> None:
        caller = api if address.startswith("/api") else staff
        if (status := caller.get(address).status_code) != 200:
            raise SystemExit(f"{address} answered {status}")

    return get


if __name__ == "__main__":
    main()
