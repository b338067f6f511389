"""Bench (c): the queue page and the case list of the API, at 10,000 cases and at 1,000,000."""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import timedelta

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


def main() -> None:
    """Compare; or, with --url, measure one database in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    if options.url:
        print(" ".join(map(str, measure(options.url, options.many))))
    else:
        compare(options.few, options.many)


def compare(few: int, many: int) -> None:
    """Both sizes, each in a process and database of its own."""
    small, small_mb = child(few)
    large, large_mb = child(many)
    rows = [
        [page, f"{a * 1000:.1f}", f"{b * 1000:.1f}", f"{b / a:.2f}"]
        for page, a, b in zip(PAGES, small, large, strict=True)
    ]
    rows.append(["memory, MB", str(small_mb), str(large_mb), ""])
    show("milliseconds a page", ["page", f"{few:,} cases", f"{many:,} cases", "ratio"], rows)
    worst = max(b / a for a, b in zip(small, large, strict=True))
    print(f"worst ratio {worst:.2f} (wanted: at most {WANTED})")


def child(cases: int) -> tuple[list[float], int]:
    """The median time of each page over `cases` cases, and the memory used."""
    with own_database("redress_bench_pages") as url:
        command = [sys.executable, "-m", "bench.pages", "--url", url, "--many", str(cases)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return [float(word) for word in out[:-1]], int(out[-1])


def measure(url: str, cases: int) -> list[float | int]:
    """Seconds for each page, the median of 21 after a warm-up, then memory in MB."""
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
    times = []
    for address in PAGES.values():
        caller = api if address.startswith("/api") else staff
        if (status := caller.get(address).status_code) != 200:
            raise SystemExit(f"{address} answered {status}")
        times.append(median([seconds(lambda: caller.get(address)) for _ in range(21)]))  # noqa: B023
    close_all()
    return [*times, memory_mb()]


if __name__ == "__main__":
    main()
