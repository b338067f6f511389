"""`manage.py import_orders --mapping FILE.toml DIR`: any shop's CSV files, through the feed."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from backoffice.common.errors import DomainError
from backoffice.orders.service.imports import Report, import_files, read_mapping

RESULTS = ("created", "updated", "unchanged", "flagged", "rejected", "left_out")


class Command(BaseCommand):
    help = "Import orders, shipments and scans from CSV files; docs/import.md describes mappings."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder, the mapping, and where to write the remarks."""
        parser.add_argument("folder", type=Path, help="the folder of the CSV files")
        parser.add_argument("--mapping", type=Path, required=True, help="the mapping, a TOML file")
        parser.add_argument("--report", type=Path, help="write every remark to this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, with a progress bar on a terminal, and print the report."""
        console = Console(file=self.stdout)  # type: ignore[arg-type]  # it writes; that is enough
        try:
            with ExitStack() as stack:
                path: Path | None = options["report"]
                output = stack.enter_context(path.open("w", newline="")) if path else None
                report = Report(output)
                bars = stack.enter_context(_bars())
                tasks: dict[str, Any] = {}

                def progress(stage: str, done: int, total: int) -> None:
                    if stage not in tasks:
                        tasks[stage] = bars.add_task(stage, total=total)
                    bars.update(tasks[stage], completed=done, total=total, refresh=True)

                mapping = read_mapping(options["mapping"])
                import_files(mapping, options["folder"], timezone.now(), report, progress)
        except DomainError as exc:
            raise CommandError(exc.message) from exc
        except OSError as exc:
            raise CommandError(f"{exc.filename}: {exc.strerror}") from exc
        _print(console, report)


def _bars() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Without a thread that redraws it: the import forks processes.
    console = Console(stderr=True)
    return Progress(
        *columns, TimeElapsedColumn(), console=console, transient=True, auto_refresh=False
    )


def _print(console: Console, report: Report) -> None:
    table = Table("", *RESULTS)
    for section, counts in report.counts.items():
        table.add_row(section, *(f"{counts[result]:,}" for result in RESULTS))
    console.print(table)
    for name, count in sorted(report.flags.items()):
        console.print(f"flagged {count:,} times: {name}", highlight=False)
    for remark in report.first:
        where = f"{remark.file}, line {remark.line}"
        what = " ".join(filter(None, [remark.result, remark.field]))
        told = f"{where}: {what}: {remark.reason}"
        console.print(told, highlight=False, markup=False, soft_wrap=True)
    remarks = sum(counts["rejected"] + counts["left_out"] for counts in report.counts.values())
    if remarks > len(report.first):
        rest = remarks - len(report.first)
        console.print(f"... and {rest:,} more; --report FILE.csv writes them all.")
