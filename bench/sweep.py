"""Bench (a): 50,000 due cases, swept through verbs and commit, against one hand-written statement.

Also two workers against one, and an idle sweep over 500,000 open cases none of which is due.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.harness import close_all, median, memory_mb, own_database, seconds, show, use

REFERENCE = (Path(__file__).parent / "reference_sweep.sql").read_text()
FILLED = "redress_bench_filled"


def main() -> None:
    """Compare; or, with --work, do one side of the comparison in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--idle", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", choices=["fill", "sweep", "reference", "idle"])
    parser.add_argument("--batch", type=int, default=2_000)
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    if options.work:
        use(options.url)
        print(WORK[options.work](options))
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    """Each side in a process of its own, on its own copy of one filled database."""
    with own_database(FILLED) as url:
        child("fill", options, url)
        times: dict[str, list[float]] = {"reference": [], "one": [], "two": []}
        memory = 0
        for _ in range(options.rounds):
            times["reference"].append(on_a_copy("reference", options, 1)[0])
            one, used = on_a_copy("sweep", options, 1)
            memory = max(memory, used)
            times["one"].append(one)
            times["two"].append(on_a_copy("sweep", options, 2)[0])
    reference, one, two = (median(times[k]) for k in ("reference", "one", "two"))
    n = options.cases
    rows = [
        ["hand-written SQL", f"{reference:.2f}", f"{n / reference:,.0f}", "1.00", ""],
        [
            "sweep, one worker",
            f"{one:.2f}",
            f"{n / one:,.0f}",
            f"{reference / one:.2f}",
            f"{memory}",
        ],
        ["sweep, two workers", f"{two:.2f}", f"{n / two:,.0f}", f"{reference / two:.2f}", ""],
    ]
    show(f"{n:,} due cases", ["", "seconds", "cases/s", "ratio to SQL", "MB"], rows)
    print(f"ratio to hand-written SQL {reference / one:.2f} (wanted: at least 0.5)")
    print(f"two workers against one {one / two:.2f} (wanted: at least 1.5)")
    with own_database("redress_bench_idle") as url:
        print(child("idle", options, url))


def on_a_copy(work: str, options: argparse.Namespace, workers: int) -> tuple[float, int]:
    """The wall time of `workers` processes from the first one's start to the last one's end."""
    name = f"redress_bench_{work}"
    with own_database(name, template=FILLED) as url:
        begun = [start(work, options, url) for _ in range(workers)]
        ends = [process.communicate()[0].split() for process in begun]
    first = min(float(e[0]) for e in ends)
    last = max(float(e[1]) for e in ends)
    if sum(int(e[2]) for e in ends) != options.cases:
        raise SystemExit(f"{work}: {ends}, not {options.cases} cases")
    return last - first, max(int(e[3]) for e in ends)


def start(work: str, options: argparse.Namespace, url: str) -> subprocess.Popen[str]:
    """One side at work, in a process of its own."""
    command = [sys.executable, "-m", "bench.sweep", "--work", work, "--url", url]
    sizes = ["--cases", str(options.cases), "--idle", str(options.idle)]
    batch = ["--batch", str(options.batch)]
    return subprocess.Popen([*command, *sizes, *batch], stdout=subprocess.PIPE, text=True)


def child(work: str, options: argparse.Namespace, url: str) -> str:
    """What a piece of work says when it is done."""
    process = start(work, options, url)
    out = process.communicate()[0]
    if process.returncode:
        raise SystemExit(process.returncode)
    return out.strip()


def do_fill(options: argparse.Namespace) -> str:
    """Due cases in an empty database."""
    from django.core.management import call_command

    from bench.fill import NOW, analyze, fill

    call_command("migrate", verbosity=0)
    fill(1, options.cases, NOW - timedelta(days=5, seconds=60))
    analyze()
    close_all()
    return "filled"


def do_sweep(options: argparse.Namespace) -> str:
    """The sweep, as tasks and commands call it."""
    from bench.fill import NOW
    from disputes.sweeps import sweep_cases

    begin = time.monotonic()
    swept = sweep_cases(NOW, options.batch)
    return f"{begin} {time.monotonic()} {swept.done} {memory_mb()}"


def do_reference(options: argparse.Namespace) -> str:
    """The hand-written statement, batch after batch."""
    from django.db import connection, transaction

    from bench.fill import NOW

    begin, done = time.monotonic(), 0
    with connection.cursor() as cursor:
        while True:
            with transaction.atomic():
                cursor.execute(REFERENCE, {"now": NOW, "batch": options.batch})
                moved = cursor.fetchone()[0]
            if not moved:
                break
            done += moved
    return f"{begin} {time.monotonic()} {done} {memory_mb()}"


def do_idle(options: argparse.Namespace) -> str:
    """A sweep that finds nothing due."""
    from django.core.management import call_command

    from bench.fill import NOW, analyze, fill
    from disputes.sweeps import sweep_cases

    call_command("migrate", verbosity=0)
    for first in range(1, options.idle, 100_000):
        fill(first, min(first + 99_999, options.idle), NOW)
    analyze()
    sweep_cases(NOW)  # connect
    took = median([seconds(lambda: sweep_cases(NOW)) for _ in range(21)])
    close_all()
    return f"idle sweep over {options.idle:,} open cases: {took * 1000:.1f} ms (wanted: under 5 ms)"


WORK: dict[str, Callable[[argparse.Namespace], str]] = {
    "fill": do_fill,
    "sweep": do_sweep,
    "reference": do_reference,
    "idle": do_idle,
}

if __name__ == "__main__":
    main()
