"""Running an import: stage the files, make items, feed them in batches, report."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from backoffice.orders.queries.orders import flags_of
from backoffice.orders.service.feed import MAX_ITEMS
from backoffice.orders.service.imports import staging
from backoffice.orders.service.imports.feeding import Fed, feed_all
from backoffice.orders.service.imports.items import Made, Maker
from backoffice.orders.service.imports.mapping import Mapping, Section
from backoffice.orders.service.imports.report import Remark, Report

Progress = Callable[[str, int, int], None]
"""Told of a stage, how much of it is done, and how much there is (0: not known)."""


def import_files(
    mapping: Mapping, folder: Path, now: datetime, report: Report, progress: Progress
) -> None:
    """Feed what `mapping` finds in `folder`; `report` is filled in.

    Each batch is a transaction of its own: what was fed before a failure stays, and a second
    import goes on from there. Raises Invalid when a file or column is missing; nothing is fed then.
    """

    def broken(file: str, line: int, issue: str, reason: str) -> None:
        report.count("files", ["rejected"])
        report.remark(Remark(file, line, "files", "", "rejected", "", issue, reason))

    with staging.staging() as database, _calm_collector():
        headers = {}
        for done, (name, file) in enumerate(mapping.files.items()):
            progress("reading", done, len(mapping.files))
            headers[name] = staging.load(database, name, folder / file, mapping.format, broken)
        progress("reading", len(mapping.files), len(mapping.files))
        staging.check_columns(mapping, headers)
        for name, section in mapping.sections():
            staging.index_joins(database, section, mapping.files, broken)
            _report_unjoined(database, mapping, name, section, report)
            _feed(database, mapping, name, section, now, report, progress)
        if mapping.orders:
            _report_flags(database, mapping.files[mapping.orders.rows], report)


@contextmanager
def _calm_collector() -> Iterator[None]:
    """Keep the garbage collector from looking through all of Django with every batch.

    That was a third of Python's time; what an import makes has no cycles.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _report_unjoined(
    database: sqlite3.Connection, mapping: Mapping, name: str, section: Section, report: Report
) -> None:
    rows = mapping.files[section.rows]
    for file in section.report_unjoined:
        for line in staging.unjoined(database, section, file):
            report.count(name, ["left_out"])
            reason = f"No row of {rows} names it."
            remark = Remark(mapping.files[file], line, name, "", "left_out", "", "no_rows", reason)
            report.remark(remark)


def _feed(
    database: sqlite3.Connection,
    mapping: Mapping,
    name: str,
    section: Section,
    now: datetime,
    report: Report,
    progress: Progress,
) -> None:
    maker = Maker(section, mapping.format)
    total = staging.count(database, section.rows)
    seen = 0

    def counted() -> Iterator[Any]:
        nonlocal seen
        for row in staging.joined_rows(database, section, maker.columns):
            seen += 1
            yield row

    for fed in feed_all(name, maker.items(counted()), now):
        _report(name, mapping.files[section.rows], fed, report)
        if name == "orders":
            staging.remember_fed(database, _taken(fed))
        progress(name, seen, total)
    progress(name, total, total)


def _report(section: str, file: str, fed: Fed, report: Report) -> None:
    """Report one batch. Orders' flags are told at the end."""
    for made, answer in fed.notable:
        ref = _ref(made)
        for error in answer.errors:
            report.remark(Remark(file, made.line, section, ref, "rejected", *error))
        if answer.flags and not answer.errors and section != "orders":
            report.flag(file, made.line, section, ref, answer.flags)
    report.count(section, fed.results)


def _taken(fed: Fed) -> list[tuple[str, int]]:
    """The ids and lines of what was not rejected."""
    rejected = {made.line for made, answer in fed.notable if answer.errors}
    return [(_ref(made), made.line) for made in fed.made if made.line not in rejected]


def _ref(made: Made) -> str:
    return str(made.item.get("external_id", ""))


def _report_flags(database: sqlite3.Connection, file: str, report: Report) -> None:
    """Report orders' flags as they are at the end: shipments and scans have their say in them."""
    fed = staging.fed_orders(database)
    while batch := list(islice(fed, MAX_ITEMS)):
        flags = flags_of([ref for ref, _ in batch])
        for ref, line in batch:
            if flags[ref]:
                report.flag(file, line, "orders", ref, flags[ref])
