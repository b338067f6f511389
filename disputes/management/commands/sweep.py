"""`manage.py sweep`: every deadline, without Celery. The same functions as the periodic tasks."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from backoffice.orders.sweeps import watch_deliveries
from disputes.sweeps import follow_facts, sweep_cases

log = structlog.get_logger()
# In the order in which one may give the next something to do.
SWEEPS: dict[str, Callable[[datetime, int], Any]] = {
    "orders found claimable": watch_deliveries,
    "cases told of new facts": follow_facts,
    "cases lapsed": sweep_cases,
}


class Command(BaseCommand):
    help = "Watch deliveries, follow new facts and let due cases lapse, once or for ever."

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--once", action="store_true", help="sweep and end")
        how.add_argument("--loop", action="store_true", help="sweep until it is stopped")
        parser.add_argument(
            "--seconds",
            type=float,
            default=settings.SWEEP_SECONDS,
            help="pause between two sweeps of --loop (SWEEP_SECONDS)",
        )
        parser.add_argument(
            "--batch",
            type=int,
            default=settings.SWEEP_BATCH,
            help="due rows taken at once (SWEEP_BATCH)",
        )
        parser.add_argument(
            "--now",
            type=moment,
            metavar="TIME",
            help="with --once: sweep as of that time, such as 2026-01-31T18:00Z; not in production",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now, batch = options["now"], options["batch"]
        if batch < 1 or options["seconds"] < 0:
            raise CommandError("--batch is at least 1, and --seconds are not negative.")
        if now and settings.PRODUCTION:
            raise CommandError("--now would end cases before their time; in production, wait.")
        if now and options["loop"]:
            raise CommandError("--now goes with --once.")
        if options["once"]:
            self._sweep(now or timezone.now(), batch)
            return
        try:
            while True:
                self._sweep_or_report(batch)
                time.sleep(options["seconds"])
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _sweep_or_report(self, batch: int) -> None:
        """A database that is away for a moment must not end the loop that keeps the deadlines."""
        close_old_connections()
        try:
            self._sweep(timezone.now(), batch)
        except OperationalError:
            log.exception("sweep.failed")

    def _sweep(self, now: datetime, batch: int) -> None:
        for what, sweep in SWEEPS.items():
            swept = sweep(now, batch)
            if swept.done or swept.set_aside:
                aside = f", {len(swept.set_aside)} set aside" if swept.set_aside else ""
                self.stdout.write(f"{now:%Y-%m-%d %H:%M:%S} {what}: {swept.done}{aside}")


def moment(text: str) -> datetime:
    """A time with its offset from UTC. Raises ValueError, which argparse reports."""
    parsed = parse_datetime(text)
    if parsed is None or parsed.tzinfo is None:
        raise ValueError("write a time with its offset")
    return parsed
