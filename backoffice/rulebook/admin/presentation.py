"""A rulebook laid out for a page: tables, their rows in cells and sentences, and the problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.columns import Column, Hit, TableSchema
from backoffice.rulebook.engine.problems import Problem
from backoffice.rulebook.engine.rows import Row
from backoffice.rulebook.engine.sentences import Speaker
from backoffice.rulebook.engine.table import CompiledTable
from backoffice.rulebook.engine.writing import write_row
from backoffice.rulebook.schemas import SCHEMAS
from backoffice.rulebook.vocabulary import COLUMNS


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one row, in words; `any` where the row does not ask."""

    label: str
    text: str
    any: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name as rulebooks write it and in the reader's language, and what it means."""

    name: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    number: int
    inputs: list[Cell]
    outputs: list[Cell]
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One decision table."""

    name: str
    title: str
    about: str
    hit: str
    inputs: list[Heading]
    outputs: list[Heading]
    lines: list[Line]

    @property
    def width(self) -> int:
        """How many columns a row has beside its number."""
        return len(self.inputs) + len(self.outputs)


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem, with the row as it is written."""

    row: int
    message: str
    written: str


@dataclass(frozen=True, slots=True)
class Faults:
    """The problems of one table, or of the document as a whole."""

    title: str
    faults: list[Fault]


def sheets(book: Rulebook) -> list[Sheet]:
    """Every table of the rulebook in the reader's language."""
    speaker = book.speaker(_)
    return [_sheet(table, speaker) for table in book.tables.values()]


def faults(problems: list[Problem], document: Mapping[str, Any]) -> list[Faults]:
    """The problems table by table, each with its row as TOML."""
    return [
        Faults(
            _(SCHEMAS[table].title) if table in SCHEMAS else table or _("The document"),
            [Fault(p.row, p.message, _written(p, document)) for p in group],
        )
        for table, group in groupby(problems, key=lambda problem: problem.table)
    ]


def _sheet(table: CompiledTable, speaker: Speaker) -> Sheet:
    schema = table.schema
    first = _("The first row that matches decides.")
    every = _("Every row that matches counts.")
    return Sheet(
        schema.name,
        _(schema.title),
        _(schema.about),
        first if schema.hit is Hit.FIRST else every,
        [_heading(c) for c in schema.inputs],
        [_heading(c) for c in schema.outputs],
        [_line(schema, row, speaker) for row in table.rows],
    )


def _heading(column: Column) -> Heading:
    return Heading(column.name, _title(column), _(column.about))


def _title(column: Column) -> str:
    return str(COLUMNS[column.name])


def _line(schema: TableSchema, row: Row, speaker: Speaker) -> Line:
    inputs = [
        Cell(_title(c), speaker.condition(c, row.conditions[c.name]))
        if c.name in row.conditions
        else Cell(_title(c), _("any"), any=True)
        for c in schema.inputs
    ]
    outputs = [Cell(_title(c), speaker.value(c, row.outputs[c.name])) for c in schema.outputs]
    return Line(row.number, inputs, outputs, speaker.row(schema, row), row.note)


def _written(problem: Problem, document: Mapping[str, Any]) -> str:
    """The row a problem is in, as TOML; empty where there is none to show."""
    if not problem.row:
        return ""
    rows = next(
        table["rows"]
        for table in document["tables"]
        if isinstance(table, dict) and table.get("name") == problem.table
    )
    row = rows[problem.row - 1]
    return write_row(row, SCHEMAS[problem.table]) if isinstance(row, dict) else str(row)
