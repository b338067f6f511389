"""Reading a document to its end: every problem is collected, none hides the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from django.utils.translation import gettext, gettext_noop

from backoffice.rulebook.engine.calendar import parse_calendar, parse_holidays
from backoffice.rulebook.engine.checks import check_layout
from backoffice.rulebook.engine.columns import Column, Schemas, TableSchema
from backoffice.rulebook.engine.conditions import parse_condition
from backoffice.rulebook.engine.document import DocumentModel, RowModel, TableModel, validate
from backoffice.rulebook.engine.problems import Problem
from backoffice.rulebook.engine.rates import parse_rates
from backoffice.rulebook.engine.rows import Row
from backoffice.rulebook.engine.sentences import Speaker
from backoffice.rulebook.engine.table import Layout
from backoffice.rulebook.engine.units import nearest, parse_value

Parsed = TypeVar("Parsed")
UNKNOWN = {
    "input": gettext_noop("unknown input %(name)r; %(hint)s"),
    "output": gettext_noop("unknown output %(name)r; %(hint)s"),
}


class Reader:
    """A document read against `schemas`: its layouts by table name, and all `problems`."""

    def __init__(self, document: Mapping[str, Any], schemas: Schemas) -> None:
        model, self.problems = validate(DocumentModel, document)
        self.layouts: dict[str, Layout] = {}
        self.name = model.name if model else ""
        self.rates, found = parse_rates(
            document.get("reference_currency"), _dict(document.get("rates"))
        )
        self.problems += found
        self.calendar, found = parse_calendar(document.get("calendar"))
        self.problems += found
        self.holidays, found = parse_holidays(document.get("holidays"))
        self.problems += found
        self._schemas = schemas
        self._speaker = Speaker(self.rates)
        self._seen: set[str] = set()
        tables = document.get("tables")
        for raw in tables if isinstance(tables, list) else []:
            self._read_table(raw)
        for name in schemas:
            if name not in self._seen:
                self._problem(name, 0, gettext("the table is missing; write its rows"))

    def _problem(self, table: str, row: int, message: str) -> None:
        self.problems.append(Problem(table, row, message))

    def _read_table(self, raw: object) -> None:
        named = _dict(raw).get("name")
        name = named if isinstance(named, str) else ""
        model, found = validate(TableModel, raw, name)
        self.problems += found
        schema = self._schemas.get(name)
        if schema is None and model:
            hint = nearest(name, list(self._schemas))
            self._problem(name, 0, gettext("unknown table; %s") % hint)
        if name in self._seen:
            self._problem(name, 0, gettext("the table stands twice; join its rows into one"))
        self._seen.add(name)
        if model is None or schema is None:
            return
        if model.hit != schema.hit:
            told = gettext('hit is %(written)s; write hit = "%(wanted)s"')
            self._problem(name, 0, told % {"written": model.hit, "wanted": schema.hit})
        self._read_rows(schema, model.rows)

    def _read_rows(self, schema: TableSchema, raw_rows: Sequence[object]) -> None:
        rows = []
        for number, raw in enumerate(raw_rows, 1):
            before = len(self.problems)
            row = self._read_row(schema, number, raw)
            if row and len(self.problems) == before:
                rows.append(row)
        layout = Layout(schema, rows)
        complete = len(rows) == len(raw_rows)
        self.problems += check_layout(layout, self._speaker, complete=complete)
        self.layouts[schema.name] = layout

    def _read_row(self, schema: TableSchema, number: int, raw: object) -> Row | None:
        model, found = validate(RowModel, raw, schema.name, number)
        self.problems += found
        if model is None:
            return None
        where = (schema.name, number)
        inputs = self._read_cells(where, "input", schema.inputs, model.when, parse_condition)
        outputs = self._read_cells(where, "output", schema.outputs, model.then, parse_value)
        for column in schema.outputs:
            if column.name not in model.then:
                told = gettext("the output %r is missing") % column.name
                self._problem(schema.name, number, told)
        return Row(number, MappingProxyType(inputs), MappingProxyType(outputs), model.note)

    def _read_cells(
        self,
        where: tuple[str, int],
        what: str,
        columns: Sequence[Column],
        written: Mapping[str, object],
        parse: Callable[[Column, object, str], Parsed],
    ) -> dict[str, Parsed]:
        known = {column.name: column for column in columns}
        read = {}
        for name, raw in written.items():
            if name not in known:
                names = {"name": name, "hint": nearest(name, list(known))}
                self._problem(*where, gettext(UNKNOWN[what]) % names)
                continue
            try:
                read[name] = parse(known[name], raw, self.rates.reference)
            except ValueError as error:
                self._problem(*where, str(error))
        return read


def _dict(raw: object) -> dict[str, Any]:
    return raw if isinstance(raw, dict) else {}
