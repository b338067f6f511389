"""A rulebook: a document checked against its schemas and compiled. The engine's way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from backoffice.common.errors import NotFound
from backoffice.rulebook.engine.calendar import ALWAYS, Calendar
from backoffice.rulebook.engine.columns import Fact, Schemas
from backoffice.rulebook.engine.evaluation import Evaluation, Trace
from backoffice.rulebook.engine.problems import RulebookError
from backoffice.rulebook.engine.rates import Rates
from backoffice.rulebook.engine.reader import Reader
from backoffice.rulebook.engine.sentences import Speaker, Translate, plain
from backoffice.rulebook.engine.table import CompiledTable


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One version of the rules, compiled: facts in, outputs and their trace out. Immutable."""

    name: str
    version: int
    rates: Rates
    tables: Mapping[str, CompiledTable]
    calendar: Calendar = ALWAYS
    holidays: Calendar = ALWAYS

    @classmethod
    def load(cls, document: Mapping[str, Any], version: int, schemas: Schemas) -> Rulebook:
        """The rulebook written in `document`, holding every table of `schemas`.

        Raises RulebookError listing every problem, each with its table, row and fix.
        """
        reader = Reader(document, schemas)
        if reader.problems:
            raise RulebookError(reader.problems)
        tables = {
            name: CompiledTable(layout, reader.rates, version)
            for name, layout in reader.layouts.items()
        }
        return cls(
            reader.name,
            version,
            reader.rates,
            MappingProxyType(tables),
            reader.calendar,
            reader.holidays,
        )

    def evaluate(self, table: str, inputs: Mapping[str, Fact]) -> Evaluation:
        """What `table` says about `inputs`: every input column by name, and nothing else.

        Raises Invalid naming the input at fault, CurrencyWithoutRate, or NotFound when this
        version has no such table. The trace keeps `inputs` itself: pass a fresh mapping.
        """
        compiled = self.tables.get(table)
        if compiled is None:
            raise NotFound(
                f"Version {self.version} of the rulebook has no table {table!r}.", field="table"
            )
        return compiled.evaluate(inputs)

    def speaker(self, translate: Translate = plain) -> Speaker:
        """What puts this rulebook's rows and traces into words."""
        return Speaker(self.rates, translate)

    def sentences(self, table: str, translate: Translate = plain) -> list[str]:
        """A sentence for each row of `table`, in order."""
        compiled = self.tables[table]
        speaker = self.speaker(translate)
        return [speaker.row(compiled.schema, row) for row in compiled.rows]

    def explain(self, trace: Trace | Mapping[str, Any], translate: Translate = plain) -> str:
        """The sentence of a trace (or of its stored JSON) made by this version."""
        if not isinstance(trace, Trace):
            trace = Trace.from_json(trace)
        compiled = self.tables[trace.table]
        matches = [compiled.rows[number - 1].outputs for number in trace.rows]
        return self.speaker(translate).trace(compiled.schema, trace, matches)
