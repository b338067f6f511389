"""The mapping file: which columns of which CSV files make an order, a shipment, a scan.

docs/import.md describes it field by field; docs/examples/ has one for Olist's files.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import re
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
PLACE = re.compile(rf"\{{({NAME})\.([^{{}}]+)\}}")
JOIN = re.compile(rf"\s*({NAME})\.(.+?)\s*=\s*({NAME})\.(.+?)\s*")
Column = tuple[str, str]
"""A file's name in the mapping, and one of its columns."""


class Part(BaseModel):
    """What all parts of a mapping share: no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Format(Part):
    """How the files write things. A byte order mark and any line ending are always taken."""

    encoding: str = "utf-8-sig"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    quote: str = Field(default='"', min_length=1, max_length=1)
    datetime: str = "iso"
    date: str = "iso"
    zone: str = "UTC"
    amounts: Literal["decimal", "minor"] = "decimal"
    decimal_point: Literal[".", ","] = "."

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str) -> str:
        try:
            name = codecs.lookup(value).name
            # Some of Python's codecs are not of text, or cannot pass over a broken byte.
            io.TextIOWrapper(io.BytesIO(), name, "surrogateescape").read()
        except (LookupError, UnicodeError) as exc:
            raise ValueError("write an encoding Python knows, such as utf-8 or cp1252") from exc
        return "utf-8-sig" if name == "utf-8" else name

    @field_validator("datetime", "date")
    @classmethod
    def _tells_a_day(cls, value: str) -> str:
        if value == "iso":
            return value
        example = dt.datetime(2001, 12, 31, tzinfo=dt.UTC)
        try:
            day = dt.datetime.strptime(example.strftime(value), value).date()  # noqa: DTZ007
        except (ValueError, re.error):
            day = None
        if day != example.date():
            raise ValueError('write "iso", or strptime\'s signs for day, month and year')
        return value

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("write an IANA time zone such as America/Sao_Paulo")
        return value

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        """The zone of times written without an offset."""
        return ZoneInfo(self.zone)


class Section(Part):
    """How one kind of thing is made: from each row of a file, or from each group of its rows."""

    rows: str
    joins: list[str] = []
    group: list[str] = []
    report_unjoined: list[str] = []
    needs_any: list[str] = []
    currency: str = ""
    columns: dict[str, Any]
    lines: dict[str, Any] = {}
    values: dict[str, dict[str, Any]] = {}

    @field_validator("joins")
    @classmethod
    def _readable(cls, value: list[str]) -> list[str]:
        for join in value:
            if not JOIN.fullmatch(join):
                raise ValueError(f'write a join as "file.column = file.column", not {join!r}')
        return value

    def join_pairs(self) -> list[tuple[Column, Column]]:
        """Each join: the column of the file that joins, and the one it is joined to."""
        found = [JOIN.fullmatch(join) for join in self.joins]
        return [((m[1], m[2]), (m[3], m[4])) for m in found if m]

    def sorted_by(self) -> list[Column]:
        """What the rows are sorted by: the group, or else what they belong to.

        Scans of one parcel then share a batch, which touches their parcel and its order once.
        """
        if self.group:
            return [(file, column) for file, _, column in (g.partition(".") for g in self.group)]
        owner = self.columns.get("shipment", self.columns.get("order"))
        return [(m[1], m[2]) for m in PLACE.finditer(owner)] if isinstance(owner, str) else []

    def columns_used(self) -> set[Column]:
        """Every column of every file that the section names."""
        used = {column for pair in self.join_pairs() for column in pair}
        used |= set(self.sorted_by())
        for value in self.templates():
            used |= {(m[1], m[2]) for m in PLACE.finditer(value)}
        return used

    def templates(self) -> list[str]:
        """Every text that may have cells in its places."""
        return _leaves([self.columns, self.lines, self.currency])


class Mapping(Part):
    """The whole mapping file."""

    name: str
    format: Format = Format()
    files: dict[str, str]
    orders: Section | None = None
    shipments: Section | None = None
    tracking_events: Section | None = None

    def sections(self) -> list[tuple[str, Section]]:
        """The sections there are, in the order in which they are fed."""
        parts = {name: getattr(self, name) for name in ("orders", "shipments", "tracking_events")}
        return [(name, section) for name, section in parts.items() if section is not None]


def _leaves(value: Any) -> list[str]:
    """Every text in a nest of tables and lists."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [leaf for part in parts for leaf in _leaves(part)]
    return [value] if isinstance(value, str) else []
