"""What became of every row: counted, and told by file and line."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

from backoffice.orders.flags import SENTENCES

HEAD = ("file", "line", "section", "external_id", "result", "field", "issue", "reason")
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said of one row: why it was rejected or left out, or what is odd in it."""

    file: str
    line: int
    section: str
    external_id: str
    result: str
    field: str
    issue: str
    reason: str


@dataclass(slots=True)
class Report:
    """Counts by section and result, and the first remarks; with `output`, all of them as CSV."""

    output: TextIO | None = None
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    flags: Counter[str] = field(default_factory=Counter)
    first: list[Remark] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.output:
            csv.writer(self.output).writerow(HEAD)

    def count(self, section: str, results: Iterable[str] | Counter[str]) -> None:
        """Add `results`: created, updated, unchanged, flagged, rejected..."""
        self.counts.setdefault(section, Counter()).update(results)

    def remark(self, remark: Remark) -> None:
        """Keep or write `remark`. Flags are only counted and written, for there may be many."""
        if self.output:
            csv.writer(self.output).writerow(_safe(getattr(remark, name)) for name in HEAD)
        if remark.result != "flagged" and len(self.first) < SHOWN:
            self.first.append(remark)

    def flag(self, file: str, line: int, section: str, ref: str, flags: list[str]) -> None:
        """Count one row's flags and remark on each."""
        self.count(section, ["flagged"])
        for name in flags:
            self.flags[name] += 1
            self.remark(Remark(file, line, section, ref, "flagged", "", name, SENTENCES[name]))


def _safe(cell: object) -> object:
    """A text that a spreadsheet would run as a formula is quoted."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
